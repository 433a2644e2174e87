/** The part of Jira's query language that a sync needs. */
grammar Jql;

options {
  caseInsensitive = true;
}

query : disjunction? ordering? EOF ;

disjunction : conjunction ( OR conjunction )* ;

conjunction : negation ( AND negation )* ;

negation
  : NOT negation                  # not
  | '(' disjunction ')'           # group
  | restriction                   # single
  ;

restriction
  : field comparison operand               # compare
  | field NOT? IN ( list | function )      # among
  | field IS NOT? ( EMPTY | NULL )         # emptiness
  | value+                                 # bareWords
  ;

field
  : CUSTOM '[' NUMBER ']'         # customField
  | value                         # namedField
  ;

comparison : '=' | '!=' | '~' | '!~' | '<' | '<=' | '>' | '>=' ;

operand
  : function
  | value
  | EMPTY
  | NULL
  ;

list : '(' operand ( ',' operand )* ')' ;

function : ( WORD | NUMBER ) '(' ( value ( ',' value )* )? ')' ;

value : STRING | NUMBER | WORD ;

ordering : ORDER BY sort ( ',' sort )* ;

sort : field ( ASC | DESC )? ;

AND : 'and' | '&&' | '&' ;
OR : 'or' | '||' | '|' ;
NOT : 'not' | '!' ;
IN : 'in' ;
IS : 'is' ;
EMPTY : 'empty' ;
NULL : 'null' ;
ORDER : 'order' ;
BY : 'by' ;
ASC : 'asc' ;
DESC : 'desc' ;
CUSTOM : 'cf' ;

STRING
  : '"' ( '\\' . | ~["\\] )* '"'
  | '\'' ( '\\' . | ~['\\] )* '\''
  ;

NUMBER : '-'? [0-9]+ ;

// Whatever is neither white space, punctuation of the language nor reserved by it.
WORD : ( '\\' . | ~[ "'()=!<>~&|,+.;?*/%^$#@[\]{}\\\u0000-\u001f] )+ ;

WS : [ \t\r\n]+ -> skip ;
