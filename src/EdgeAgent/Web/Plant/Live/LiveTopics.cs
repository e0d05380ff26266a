using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Plant.Live;

/// <summary>What a client of the event stream wants to hear.</summary>
/// <param name="Device">Values of this device only, as agent and device; null for all.</param>
internal readonly record struct LiveTopics(bool Overview, bool Devices, bool Values, bool Alarms, (string Agent, string Device)? Device)
{
    private static readonly string[] Known = ["overview", "devices", "values", "alarms"];

    /// <exception cref="ApiProblem">A topic that does not exist, or a device without its agent.</exception>
    public static LiveTopics Of(HttpContext context)
    {
        string[] topics = (context.Query("topics") ?? "overview").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (topics.Length == 0 || topics.Any(topic => !Known.Contains(topic)))
        {
            throw ApiProblem.BadRequest(new($"topics 应为以下之一或多项，以逗号分隔：{string.Join("、", Known)}。", $"topics must be one or more of {string.Join(", ", Known)}, separated by commas."));
        }

        (string, string)? device = null;
        if (context.Query("device") is { } name)
        {
            int slash = name.IndexOf('/');
            device = slash > 0 && slash < name.Length - 1 ? (name[..slash], name[(slash + 1)..])
                : throw ApiProblem.BadRequest(new("device 的写法是 采集端/设备。", "device is written as agent/device."));
        }

        return new LiveTopics(topics.Contains("overview"), topics.Contains("devices"), topics.Contains("values"), topics.Contains("alarms"), device);
    }
}
