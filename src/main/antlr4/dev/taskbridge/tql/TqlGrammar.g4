/**
 * TQL, the query language of the ThreatConnect v3 API. OR binds weakest, then AND, then NOT.
 *
 * Every decision needs one token of look-ahead, so that the parser knows at the first wrong token
 * what it expected there.
 */
grammar TqlGrammar;

options { caseInsensitive = true; }

query     : anyOf EOF ;
anyOf     : allOf ( OR allOf )* ;
allOf     : negatable ( AND negatable )* ;
negatable : NOT? primary ;

primary
    : LEFT anyOf RIGHT      # group
    | NAME rest             # term
    ;

rest
    : LEFT anyOf RIGHT                 # nested
    | comparison value                 # compare
    | NOT? ( IN | textMatch ) values   # match
    | IS NOT? NULL                     # nullTest
    ;

comparison : EQUAL | UNEQUAL | GREATER | LESS | AT_LEAST | AT_MOST ;
textMatch  : LIKE | CONTAINS | STARTSWITH | ENDSWITH ;
values     : value | LEFT value ( COMMA value )* RIGHT ;
value      : TEXT | NUMBER | TRUE | FALSE ;

OR         : 'OR' ;
AND        : 'AND' ;
NOT        : 'NOT' ;
IN         : 'IN' ;
IS         : 'IS' ;
NULL       : 'NULL' ;
LIKE       : 'LIKE' ;
CONTAINS   : 'CONTAINS' ;
STARTSWITH : 'STARTSWITH' ;
ENDSWITH   : 'ENDSWITH' ;
TRUE       : 'TRUE' ;
FALSE      : 'FALSE' ;

EQUAL      : '=' | '==' | 'EQ' | 'EQUALS' ;
UNEQUAL    : '!=' | 'NE' ;
GREATER    : '>' | 'GT' ;
LESS       : '<' | 'LT' ;
AT_LEAST   : '>=' | 'GEQ' ;
AT_MOST    : '<=' | 'LEQ' ;

LEFT       : '(' ;
RIGHT      : ')' ;
COMMA      : ',' ;

NUMBER     : '-'? DIGIT+ ( '.' DIGIT+ )? ;
NAME       : [A-Z_] [A-Z0-9_]* ;

TEXT
    : '"' ( ESCAPE | ~["\\] )* '"'
    | '\'' ( ESCAPE | ~['\\] )* '\''
    | '`' ( ESCAPE | ~[`\\] )* '`'
    ;

/** A text that is not closed or holds an escape that does not exist; never part of a query. */
BROKEN_TEXT
    : '"' ( ESCAPE | ~["\\] )*
    | '\'' ( ESCAPE | ~['\\] )*
    | '`' ( ESCAPE | ~[`\\] )*
    ;

SPACE      : [ \t\r\n]+ -> skip ;

/** Whatever nothing else took, so that the parser, not the lexer, says what was expected. */
UNKNOWN    : . ;

fragment DIGIT  : [0-9] ;
fragment ESCAPE : '\\' ['"`\\] ;
