// Package questions holds the questions of the interface, a file each, named like
// the packages below graph that answer them, and the subscription to changes. A
// question reads only the picture of its request; the list of loads alone is read
// from the store.
//
// A question is a row of [All] and a function that makes its field. Types that
// several questions share are made by the first that needs them, so that the order
// of the rows does not matter.
//
// Only package api may import questions.
package questions
