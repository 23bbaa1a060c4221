// Package topics finds what is meant by the words of somebody who knows no codes: an
// ecosystem, a chain, a link, a product or a company, and with it the links to ask
// about. It is a function of one picture.
//
// # Forms
//
// Words and the texts that they are compared with are brought into one form: simplified
// characters, the normal form KC of Unicode, lower case; divided into words at blanks,
// punctuation, and where Latin letters or digits meet Chinese characters; each word of Latin letters
// longer than three in the singular (-ies becomes -y, else a last s goes, but not
// that of -ss); then joined without anything between. So CAR-T, car-t and CAR T are
// one, and lithium batteries is lithium battery.
//
// A tail is a word that adds nothing to what stands before it: 产业链, 产业集群, 产业,
// 行业, 领域, 赛道, 企业, 公司, 厂商, 厂家, 项目, 产品, 技术, 疗法, 工具, 药物, industry,
// company, sector, product, technology, therapy, tool. The core of a form is what is left
// when the tails at its end are removed one after another, the longest first; the form itself if
// nothing would be left.
//
// # Matches
//
// The texts of an ecosystem, a chain or a link are its name, English name and aliases;
// those of a link also its keywords. A text is called w if its form is w. A
// text holds w if w has at least two characters and is a part of the form that cuts no
// Latin word; it ends in w if this part is at the end, or if it is at the beginning and
// the rest is tails. A link is manned if an
// OPERATES_IN edge that holds leads to it or to a link below it; its strength is the
// number of these edges. A product or a company stands for the links that BELONGS_TO or
// OPERATES_IN edges that hold lead to from it, without those that are below
// another one of them.
//
// # Rule
//
// An id, or a code letter for letter but for case, of an ecosystem, a chain or a link is
// this one (CODE). Otherwise the first of these steps decides that finds
// something, asked for the form w of the words, then for its core if it differs:
//
//  1. the ecosystems called w (NAME)
//  2. the chains called w (NAME)
//  3. the manned links called w (NAME, or KEYWORD if only a keyword is)
//  4. products called w that stand for a manned link, with their manned links (PRODUCT)
//  5. a company that has the words as its id, code or name and stands for a link (COMPANY), as
//     [projection.Projection.Lookup] finds it
//  6. the other links called w (NAME, KEYWORD), and beside them as choices the manned
//     links of which a text holds w; then products called w that stand for a link (PRODUCT)
//
// and if none does, again for w and then for its core:
//
//  7. if a text of some link ends in w: the links of which a text holds w or ends in it, the manned
//     ones if there are any (PART)
//  8. products of which a text ends in w, of the hundred that
//     [projection.Projection.Search] finds first, with the links that they stand for,
//     the manned ones if there are any (PART)
//
// Of what a step of links finds, what is below another one of them is left out. One that is left is
// what is meant. (In steps 4, 6 and 8 all products found are one subject, which is meant if
// it stands for one link; in step 5 a company is, whatever the number of its links.) Several are choices, at most ten:
// in step 6 those called w first, in step 7 those that end in it; then the strongest first, then by code.
//
// Chinese compounds end with what they are: 光伏胶膜 is a 胶膜, but 碳化硅纤维 is no
// 碳化硅. That is why words that a text only begins with or holds inside decide nothing.
// And 汽车模具 is not all of 模具, which other links hold too: hence the choices.
//
// Where no step finds anything, the nearest are named, at most ten: links of which a text
// holds w, the manned ones first, then the strongest, then by code; links of
// which a text of two or more characters is the end of w, the longest first; then what
// [projection.Projection.Near] finds.
//
// Packages of questions, api and the program may import topics; it imports projection,
// graph and schema.
package topics
