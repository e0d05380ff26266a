using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Checks one device with its tags and compiles it.</summary>
internal sealed class FrameTagCompiler(ConfigErrors errors)
{
    /// <summary>An expression of this kind takes time in proportion to the frame, whatever is in it; the limit is for what else may happen.</summary>
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>By the clock on the wall: a frame is lost that is matched while the machine is held up for so long, and the first match compiles too.</summary>
    private static readonly TimeSpan MatchMost = TimeSpan.FromSeconds(10);

    public FrameDevice? Compile(DeviceConfig device, int index, int firstTag, int devices, ConfigPath path)
    {
        int before = errors.Total;
        if (!SettingsReader.TryRead(
            device.Settings, FramesSettingsJson.Default.FramesDeviceSettings, path.Member("settings"), errors, out FramesDeviceSettings? settings))
        {
            return null;
        }

        if (devices > 1 && settings.Match is null)
        {
            errors.Add(path.Member("settings").Member("match"), $"device '{device.Name}': nothing tells its frames from those of the other devices",
                "a regular expression", "\"match\": \"^01\"");
        }

        Regex? match = settings.Match is { } text ? RegexOf(text, path.Member("settings").Member("match")) : null;
        Regex? pattern = settings.Pattern is { } named ? RegexOf(named, path.Member("settings").Member("pattern")) : null;
        var tags = new FrameTag[device.Tags.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            ConfigPath at = device.Tags[i].Source ?? path.Member("tags").Index(i);
            tags[i] = CompileTag(device.Tags[i], firstTag + i, pattern, settings.Pattern is not null, at)!;
        }

        return errors.Total > before ? null : new FrameDevice(index, match, pattern, tags);
    }

    private Regex? RegexOf(string text, ConfigPath path)
    {
        try
        {
            return new Regex(text, Linear, MatchMost);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            errors.Add(path, $"'{text}': {exception.Message}", "a regular expression without lookarounds and backreferences", "");
            return null;
        }
    }

    private FrameTag? CompileTag(TagConfig tag, int id, Regex? pattern, bool hasPattern, ConfigPath path)
    {
        if (!tag.Address.StartsWith('@'))
        {
            if (pattern is not null && !pattern.GetGroupNames().Contains(tag.Address))
            {
                errors.Add(path.Member("address"), $"tag '{tag.Name}': the pattern has no group '{tag.Address}'", string.Join(", ", pattern.GetGroupNames().Skip(1)), "(?<name>...) in the pattern");
            }
            else if (!hasPattern)
            {
                errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' names a group, and the device has no pattern", "@OFFSET, @OFFSET:LENGTH, or a pattern", "\"@3:5\"");
            }

            return TextTag(tag, id, new FrameField(tag.Address, 0, 0), path);
        }

        string[] parts = tag.Address[1..].Split(':');
        int length = 0;
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
            || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length == 0)))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' is no place", "@OFFSET for a binary number, @OFFSET:LENGTH for a text", "\"@3:5\"");
            return null;
        }

        return length > 0 ? TextTag(tag, id, new FrameField(null, offset, length), path) : BinaryTag(tag, id, offset, path);
    }

    private FrameTag? TextTag(TagConfig tag, int id, FrameField field, ConfigPath path) =>
        TagKinds.Check(tag, path, errors) is { } kind ? new FrameTag(id, kind, field, tag.Type ?? TagType.Float64, []) : null;

    private FrameTag? BinaryTag(TagConfig tag, int id, int offset, ConfigPath path)
    {
        TagType type = tag.Type ?? TagType.UInt8;
        int size = BinaryNumber.SizeOf(type);
        if (size == 0)
        {
            errors.Add(path.Member("type"), $"tag '{tag.Name}': {type} is no binary number", "int8 to int64, uint8 to uint64, float32, float64", "@OFFSET:LENGTH for a text");
            return null;
        }

        string order = tag.Order ?? "ABCDEFGH"[..size];
        if (order.Length != size || order.Order().Where((letter, i) => letter != 'A' + i).Any())
        {
            errors.Add(path.Member("order"), $"tag '{tag.Name}': '{order}' is no byte order for {size} bytes", "ABCDEFGH"[..size] + " or " + new string([.. "ABCDEFGH"[..size].Reverse()]), "");
            return null;
        }

        TagKinds.TryOf(type, out ValueKind kind);
        return new FrameTag(id, kind, new FrameField(null, offset, 0), type, [.. order.Select(letter => letter - 'A')]);
    }
}
