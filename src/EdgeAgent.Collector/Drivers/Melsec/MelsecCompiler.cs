using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal static class MelsecCompiler
{
    public const int TextBytesMax = 2 * MelsecFrames.WordsMax1E;

    public static MelsecEndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, MelsecSettingsJson.Default.MelsecEndpointSettings, at, errors, out MelsecEndpointSettings? settings);
        MelsecClientOptions? client = settings is null ? null : ClientOf(settings, at, errors);
        bool octal = settings is not null && (settings.OctalInputs ?? settings.Frame == MelsecFrameKind.E1);
        var tags = new List<MelsecTag>();
        var devices = new List<DevicePlan>();
        var deviceSettings = new List<MelsecDeviceSettings>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath deviceAt = path.Member("devices").Index(i);
            SettingsReader.TryRead(device.Settings, MelsecSettingsJson.Default.MelsecDeviceSettings, deviceAt.Member("settings"), errors, out MelsecDeviceSettings? own);
            own ??= new MelsecDeviceSettings();
            if (!TextEncodings.TryGet(own.Encoding, out Encoding? encoding))
            {
                errors.Add(deviceAt.Member("settings").Member("encoding"), $"'{own.Encoding}' is no encoding known here", "utf-8, gb18030 or latin1", "\"gb18030\" for Chinese text");
            }

            int first = tags.Count;
            for (int j = 0; j < device.Tags.Count; j++)
            {
                TagConfig tag = device.Tags[j];
                if (CompileTag(tag, tags.Count, encoding, octal, settings?.Frame ?? default, tag.Source ?? deviceAt.Member("tags").Index(j), errors) is { } compiled)
                {
                    tags.Add(compiled);
                }
            }

            deviceSettings.Add(own);
            if (client is not null)
            {
                string part = own.Part is { Length: > 0 } ? "/" + own.Part : "";
                devices.Add(new DevicePlan($"melsec://{client.Host}:{client.Port}/{client.Network}.{client.Pc}.{client.Station}{part}", [.. tags.Skip(first).Select(t => t.Kind)]));
            }
        }

        return errors.Total > before ? null : new MelsecEndpointPlan(client!, deviceSettings, [.. tags], devices);
    }

    private static MelsecClientOptions? ClientOf(MelsecEndpointSettings settings, ConfigPath path, ConfigErrors errors)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            errors.Add(path.Member("host"), "missing", "the controller's host name or IP address", "\"host\": \"192.168.3.39\"");
        }

        if (settings.Port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port that the controller's Ethernet settings open for MC protocol", "\"port\": 5007 for many CPUs with a built-in port");
        }

        return string.IsNullOrWhiteSpace(settings.Host) || settings.Port is null
            ? null
            : new MelsecClientOptions
            {
                Host = settings.Host,
                Port = settings.Port.Value,
                Frame = settings.Frame,
                Network = (byte)settings.Network,
                Pc = (byte)settings.Pc,
                Station = (byte)settings.Station,
                ConnectTimeoutMs = settings.ConnectTimeoutMs,
                ResponseTimeoutMs = settings.ResponseTimeoutMs,
            };
    }

    private static MelsecTag? CompileTag(TagConfig tag, int id, Encoding? encoding, bool octal, MelsecFrameKind frame, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        if (!MelsecAddress.TryParse(tag.Address, octal, out MelsecAddress address, out string? problem))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': {problem}: '{tag.Address}'", "D100, D100.5, M10, X1F, Y20, W10F, R200, ZR100, SM400, SD200, TN0, CN0", "see Drivers/Melsec/README.md");
            return null;
        }

        if (frame == MelsecFrameKind.E1 && address.Area.Code1E() == 0)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': 1E frames cannot name '{tag.Address}'", "D, M, X, Y, W, B, F, R, TN or CN", "\"frame\": \"e3\", if the controller knows it");
        }

        if (tag.Bit is { } bit)
        {
            if (address.Bit >= 0 || address.Area.IsBits() || bit > 15)
            {
                errors.Add(path.Member("bit"), $"tag '{tag.Name}': bit {bit} of {tag.Address}", "a bit of one word, 0 to 15", "write it into the address, as in D100.5");
            }

            address = address with { Bit = bit };
        }

        if (tag.Order is not null)
        {
            errors.Add(path.Member("order"), $"tag '{tag.Name}': the controller has one order of words only", "nothing here", "leave it out");
        }

        bool isBit = address.Bit >= 0 || (address.Area.IsBits() && tag.Type is null or TagType.Bool);
        TagType type = tag.Type ?? (isBit ? TagType.Bool : TagType.UInt16);
        if (type == TagType.Bool != isBit)
        {
            errors.Add(path.Member("type"), $"tag '{tag.Name}': {(isBit ? "a bit is a bool" : "a bool needs a bit")}", "bool for M, X, Y, B, L, F, SM or a bit as in D100.5", "");
        }

        if (!isBit && address.Area.IsBits() && address.Number % 16 != 0)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': {tag.Address} is not the first of sixteen bits", "a multiple of 16 where bits are read as a number", "");
        }

        bool hasLength = type is TagType.String or TagType.Bytes;
        if (hasLength && tag.Length is null or < 1 or > TextBytesMax)
        {
            errors.Add(path.Member("length"), $"tag '{tag.Name}': {(tag.Length is null ? "missing" : $"{tag.Length} bytes")}", $"the length in bytes, 1 to {TextBytesMax}", "two bytes for each register");
        }
        else if (!hasLength && tag.Length is not null)
        {
            errors.Add(path.Member("length"), $"tag '{tag.Name}': only texts and bytes have a length", "nothing here", "\"type\": \"string\"");
        }

        int words = hasLength ? ((tag.Length ?? 1) + 1) / 2 : WordsOf(type);
        return errors.Total > before ? null : new MelsecTag(id, tag.Name, tag.Address, address, type, words, hasLength ? tag.Length!.Value : 0, type == TagType.String ? encoding : null);
    }

    private static int WordsOf(TagType type) => type switch
    {
        TagType.Int32 or TagType.UInt32 or TagType.Float32 or TagType.Bcd32 => 2,
        TagType.Int64 or TagType.UInt64 or TagType.Float64 => 4,
        _ => 1,
    };
}
