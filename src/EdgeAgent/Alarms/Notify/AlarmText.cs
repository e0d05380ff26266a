using System.Globalization;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Alarms.Notify;

/// <summary>An alarm in words, for messages and mail.</summary>
internal static class AlarmText
{
    public static string Title(AlarmRecord alarm, string site, bool zh) => zh
        ? $"[{(alarm.IsActive ? SeverityOf(alarm.Severity, zh) + "报警" : "报警恢复")}] {site} {PlaceOf(alarm)} {alarm.RuleName}"
        : $"[{(alarm.IsActive ? SeverityOf(alarm.Severity, zh) + " alarm" : "Alarm over")}] {site} {PlaceOf(alarm)} {alarm.RuleName}";

    public static string Body(AlarmRecord alarm, string site, bool zh)
    {
        List<string> lines = [Title(alarm, site, zh), Line(zh ? "情况" : "What", What(alarm, zh)), Line(zh ? "开始" : "Since", TimeOf(alarm.RaisedAt))];
        if (alarm.ClearedAt is { } cleared)
        {
            lines.Add(Line(zh ? "恢复" : "Over", TimeOf(cleared)));
        }

        lines.Add(Line(zh ? "编号" : "Number", alarm.Id.ToString(CultureInfo.InvariantCulture)));
        return string.Join('\n', lines);
    }

    private static string What(AlarmRecord alarm, bool zh)
    {
        string value = alarm.Value is { } v ? $"{v.ToString("0.###", CultureInfo.InvariantCulture)}{UnitOf(alarm)}" : "";
        string limit = alarm.Limit is { } l ? $"{l.ToString("0.###", CultureInfo.InvariantCulture)}{UnitOf(alarm)}" : "";
        return alarm.Kind switch
        {
            AlarmKind.Limit => zh ? $"数值 {value}，限值 {limit}" : $"value {value}, limit {limit}",
            AlarmKind.Rate => zh ? $"每分钟变化 {value}，限值 {limit}" : $"changes by {value} a minute, limit {limit}",
            AlarmKind.Silence => zh ? $"已 {value} 没有正常读数" : $"no good reading for {value}",
            AlarmKind.Offline => zh ? "设备离线" : "the device is offline",
            AlarmKind.Buffer => zh ? $"缓存中最早的数据已等待 {value}" : $"the oldest buffered reading waits for {value}",
            _ => zh ? $"数据库已 {value} 不可用" : $"the store has not answered for {value}",
        };
    }

    private static string UnitOf(AlarmRecord alarm) => alarm.Kind is AlarmKind.Limit or AlarmKind.Rate ? (alarm.Unit.Length > 0 ? " " + alarm.Unit : "") : " s";

    private static string Line(string label, string text) => $"{label}: {text}";

    private static string TimeOf(DateTimeOffset at) => at.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string PlaceOf(AlarmRecord alarm) => string.Join('/', ((string[])[alarm.Agent, alarm.Device, alarm.Tag]).Where(part => part.Length > 0));

    private static string SeverityOf(AlarmSeverity severity, bool zh) => severity switch
    {
        AlarmSeverity.Critical => zh ? "严重" : "Critical",
        AlarmSeverity.Warning => zh ? "警告" : "Warning",
        _ => zh ? "提示" : "Information",
    };
}
