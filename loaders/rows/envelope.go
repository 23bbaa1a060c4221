package rows

import "strings"

// carriers are names under which interfaces and exports carry their rows, in lower
// case without underscores.
var carriers = names{
	"data": true, "list": true, "rows": true, "items": true, "records": true, "record": true, "result": true, "results": true,
	"content": true, "values": true, "datas": true, "datalist": true, "resultlist": true, "resultdata": true, "recordlist": true,
	"body": true, "response": true, "payload": true, "page": true, "pageinfo": true, "obj": true, "数据": true, "列表": true, "结果": true,
}

// besides are names of what interfaces state beside their rows: how the request
// went, and which page of the rows this is.
var besides = names{
	"code": true, "status": true, "statuscode": true, "state": true, "success": true, "ok": true, "error": true, "errors": true,
	"errcode": true, "errorcode": true, "errmsg": true, "errormessage": true, "msg": true, "message": true, "reason": true, "desc": true,
	"total": true, "totalcount": true, "totalpage": true, "totalpages": true, "totalelements": true, "count": true, "size": true, "pages": true,
	"page": true, "pageno": true, "pagenum": true, "pagenumber": true, "pagesize": true, "pageindex": true, "current": true, "limit": true,
	"offset": true, "number": true, "numberofelements": true, "first": true, "last": true, "empty": true, "hasnext": true, "hasmore": true,
	"next": true, "previous": true, "orders": true, "sort": true, "searchcount": true, "optimizecountsql": true, "timestamp": true, "time": true,
	"requestid": true, "traceid": true, "token": true, "version": true, "took": true, "cost": true,
}

// unwrapped returns the list of rows in the envelope of an interface, such as
// {"code": 0, "data": {"total": 2, "list": [{}, {}]}}; any other object is
// returned as it is. An object is an envelope if one member carries the rows, by
// its name or since it is the only one, and all others are known to stand beside
// rows. So {"name": "甲公司", "products": [{}]} is one row.
func unwrapped(v jsonValue) jsonValue {
	inner := v
	for inner.kind == jsonObject {
		carrier := -1
		for i := range inner.kids {
			kid := &inner.kids[i]
			name := strings.ReplaceAll(strings.ToLower(kid.name), "_", "")
			switch {
			case carrier < 0 && carries(kid) && (carriers[name] || len(inner.kids) == 1):
				carrier = i
			case !besides[name] || carries(kid) && len(kid.kids) > 0:
				return v
			}
		}
		if carrier < 0 {
			return v
		}
		inner = inner.kids[carrier]
	}
	return inner
}

// carries reports whether a value is an object or a list of nothing but objects.
func carries(v *jsonValue) bool {
	if v.kind != jsonList {
		return v.kind == jsonObject
	}
	for i := range v.kids {
		if v.kids[i].kind != jsonObject {
			return false
		}
	}
	return true
}
