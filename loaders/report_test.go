package loaders_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"liantu/loaders"
)

func TestReportAsJSONReadsBack(t *testing.T) {
	r := load(t, loaders.Options{
		Store: openStore(t), Source: "list", AsOf: "2024",
		FS: files(map[string]string{"Company.csv": "name,employees\n甲<有限>公司,x\n\n,1\n"}),
	})
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"column": "employees"`) {
		t.Errorf("the faults are missing: %s", b.String())
	}
	var back loaders.Report
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&back, r) {
		t.Errorf("read back is\n%+v\nwant\n%+v", &back, r)
	}
}

func TestReportInChineseShowsFewFaults(t *testing.T) {
	r := load(t, loaders.Options{
		Store: emptyStore(t), Source: "list", AsOf: "2024",
		FS: files(map[string]string{"Company.csv": "name,employees\n甲厂,1\n乙厂\n丙厂,\n丁厂\n\n,1\n"}),
	})
	var b strings.Builder
	if err := r.WriteText(&b, loaders.TextOptions{Chinese: true, Faults: 1}); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`行政区划表：新增 %d，更新 0，未变 0
数据来源：新增 1，更新 0，未变 0
Company.csv：6 行，接受 2，未导入 3，空行 1
    Company：新增 2，更新 0，未变 0
未导入 · 缺少可识别的标识（E_NO_IDENTITY）：1
    Company.csv:7: nothing identifies the company
未导入 · 列数与表头不符（E_RAGGED_ROW）：2
    Company.csv:3: row has 1 fields, the header 2
    …… 另有 1 条
提示 · 来源未登记（W_NO_SOURCE）：1
    Company.csv:2: source "list" is cited and nothing describes it
合计：6 行，接受 2，未导入 3，空行 1
    节点：新增 2，更新 0，未变 0
    关系：新增 0，更新 0，未变 0
`, r.Regions.Created)
	if b.String() != want {
		t.Errorf("report is\n%s\nwant\n%s", b.String(), want)
	}
	if r.Complete() || r.RowsPerSecond() <= 0 {
		t.Errorf("complete %v, %f rows/s", r.Complete(), r.RowsPerSecond())
	}
}
