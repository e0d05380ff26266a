using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>A payload template as a list of steps, compiled once.</summary>
/// <param name="TimestampOutside">A timestamp stands outside what is repeated: the readings of one message must share it.</param>
/// <param name="TagsAreKeys">Tags are members of an object: none may come twice in one message.</param>
internal sealed record JsonTemplate(JsonStep[] Steps, bool TimestampOutside, bool TagsAreKeys)
{
    public const string DefaultOfTag = """{"value":"{value}","quality":"{quality}","timestamp":"{timestamp}"}""";

    public const string DefaultOfDevice =
        """{"device":"{device}","readings":["{each}",{"tag":"{tag}","value":"{value}","quality":"{quality}","timestamp":"{timestamp}"}]}""";

    public const string DefaultOfGroup =
        """{"group":"{group}","readings":["{each}",{"device":"{device}","tag":"{tag}","value":"{value}","quality":"{quality}","timestamp":"{timestamp}"}]}""";

    public static string DefaultOf(JsonMessagePer per) => per switch
    {
        JsonMessagePer.Tag => DefaultOfTag,
        JsonMessagePer.Device => DefaultOfDevice,
        _ => DefaultOfGroup,
    };
}
