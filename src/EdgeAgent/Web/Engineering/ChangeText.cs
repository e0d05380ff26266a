using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Engineering;

/// <summary>Tells a change of a configuration in a sentence.</summary>
internal static class ChangeText
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["site"] = "站点", ["agent"] = "采集端", ["scanClass"] = "采集组", ["publisher"] = "发布通道", ["endpoint"] = "连接", ["device"] = "设备",
        ["tag"] = "测点", ["broker"] = "内置消息代理", ["hub"] = "汇聚端", ["web"] = "网页服务", ["logging"] = "日志",
    };

    public static ChangeView Of(ConfigChange change) => new(
        change.Kind, change.Endpoint, change.Device, change.Name, change.Change, change.Fields, Chinese(change), English(change));

    private static string Chinese(ConfigChange change)
    {
        string where = change.Kind == "tag" ? $"设备 {change.Device} 的" : change.Kind == "device" ? $"连接 {change.Endpoint} 的" : "";
        string what = $"{where}{Kinds.GetValueOrDefault(change.Kind, change.Kind)}{(change.Name.Length > 0 ? $" {change.Name}" : "")}";
        return change.Change switch
        {
            ConfigChange.Added => $"新增{what}",
            ConfigChange.Removed => $"删除{what}",
            _ => $"{what}：{string.Join("；", change.Fields.Select(static f => $"{f.Field} {Shown(f.Before, "（未设置）")} → {Shown(f.After, "（取消）")}"))}",
        };
    }

    private static string English(ConfigChange change)
    {
        string where = change.Kind == "tag" ? $" of device {change.Device}" : change.Kind == "device" ? $" at endpoint {change.Endpoint}" : "";
        string what = $"{change.Kind}{(change.Name.Length > 0 ? $" {change.Name}" : "")}{where}";
        return change.Change switch
        {
            ConfigChange.Added => $"{what} is added",
            ConfigChange.Removed => $"{what} is removed",
            _ => $"{what}: {string.Join("; ", change.Fields.Select(static f => $"{f.Field} {Shown(f.Before, "(not set)")} → {Shown(f.After, "(not set)")}"))}",
        };
    }

    private static string Shown(string? value, string missing) => value is null ? missing : value.Length <= 60 ? value : value[..60] + "…";
}
