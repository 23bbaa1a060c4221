package loaders_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/loaders"
	"liantu/loaders/mapping"
	"liantu/schema"
)

// chosen reads a table of companies by the mapping that is proposed for it, in which old is
// replaced by text, and returns the faults that are no warnings, with their choices.
func chosen(t *testing.T, table, old, text string) (faults []string) {
	t.Helper()
	store := openStore(t)
	taxonomy := fstest.MapFS{
		"Chain.csv": {Data: []byte("code,name\nrobot,机器人\ncar,汽车\n")},
		"Link.csv":  {Data: []byte("code,name\nrobot.sense,感知\nrobot.lidar,激光雷达\ncar.lidar,激光雷达\ncar.seat,座椅\n")},
		"PART_OF.csv": {Data: []byte("from_kind,from,to_kind,to\nLink,robot.sense,Chain,robot\nLink,robot.lidar,Link,robot.sense\n" +
			"Link,car.lidar,Chain,car\nLink,car.seat,Chain,car\n")},
	}
	load(t, loaders.Options{Store: store, FS: taxonomy, Source: "list", AsOf: "2024"})
	o := loaders.Options{Store: store, FS: fstest.MapFS{"名录.csv": {Data: []byte(table)}}, Source: "list", AsOf: "2024"}
	proposal, err := loaders.Propose(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var yaml bytes.Buffer
	if err := proposal.WriteYAML(&yaml); err != nil {
		t.Fatal(err)
	}
	if o.Mapping, err = mapping.Read(strings.NewReader(strings.Replace(yaml.String(), old, text, 1)), schema.Default()); err != nil {
		t.Fatal(err)
	}
	for _, f := range load(t, o).Faults {
		if f.Severity != loaders.Warning {
			faults = append(faults, fmt.Sprintf("%d %s=%s %v", f.Row, f.Column, f.Value, f.Choices))
			for _, c := range f.Choices {
				faults = append(faults, fmt.Sprint(c.Text, c.Within))
			}
		}
	}
	return faults
}

// TestChoices loads names that mean several nodes: the faults offer them with what each is
// part of, and a mapping with the text of one in its values means that one.
func TestChoices(t *testing.T) {
	const table = "企业名称,所在地,环节\n甲山股份有限公司,鼓楼区,座椅、激光雷达\n乙水股份有限公司,杭州市,激光雷大\n"
	got := fmt.Sprint(chosen(t, table, "", ""))
	want := fmt.Sprint([]string{
		`2 所在地=鼓楼区 ["江苏省南京市鼓楼区" (320106) "江苏省徐州市鼓楼区" (320302) "福建省福州市鼓楼区" (350102) "河南省开封市鼓楼区" (410204)]`,
		"320106[]", "320302[]", "350102[]", "410204[]",
		`2 环节=激光雷达 ["激光雷达" (car.lidar) "激光雷达" (robot.lidar)]`, "car.lidar[汽车]", "robot.lidar[机器人 感知]",
		`3 环节=激光雷大 ["激光雷达"]`, "激光雷达[]",
	})
	if got != want {
		t.Errorf("the faults are\n%s\nwant\n%s", got, want)
	}
	got = fmt.Sprint(chosen(t, table, "column: 环节\n", "column: 环节\n          values: {激光雷达: robot.lidar, 激光雷大: car.lidar}\n"))
	if !strings.HasPrefix(got, "[2 所在地=鼓楼区") || strings.Contains(got, "环节=") {
		t.Errorf("with a choice the faults are %s", got)
	}
	got = fmt.Sprint(chosen(t, table, "column: 所在地\n", "column: 所在地\n          values: {鼓楼区: \"320106\"}\n"))
	if strings.Contains(got, "所在地=") {
		t.Errorf("with a region chosen the faults are %s", got)
	}
}
