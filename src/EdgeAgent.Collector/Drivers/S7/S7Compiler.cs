using System.Globalization;
using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal static class S7Compiler
{
    /// <summary>As much as one answer of the shortest agreed message (240 bytes) holds.</summary>
    public const int TagBytesMax = 222;

    private const int TextHeaderBytes = 2;

    public static S7EndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, S7SettingsJson.Default.S7EndpointSettings, at, errors, out S7EndpointSettings? settings);
        S7ClientOptions? client = settings is null ? null : ClientOf(settings, at, errors);
        var tags = new List<S7Tag>();
        var devices = new List<DevicePlan>();
        var deviceSettings = new List<S7DeviceSettings>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath deviceAt = path.Member("devices").Index(i);
            SettingsReader.TryRead(device.Settings, S7SettingsJson.Default.S7DeviceSettings, deviceAt.Member("settings"), errors, out S7DeviceSettings? own);
            own ??= new S7DeviceSettings();
            if (!TextEncodings.TryGet(own.Encoding, out Encoding? encoding))
            {
                errors.Add(deviceAt.Member("settings").Member("encoding"), $"'{own.Encoding}' is no encoding known here", "utf-8, gb18030 or latin1", "\"gb18030\" for Chinese text");
            }

            int first = tags.Count;
            for (int j = 0; j < device.Tags.Count; j++)
            {
                TagConfig tag = device.Tags[j];
                if (CompileTag(tag, tags.Count, encoding, tag.Source ?? deviceAt.Member("tags").Index(j), errors) is { } compiled)
                {
                    tags.Add(compiled);
                }
            }

            deviceSettings.Add(own);
            if (client is not null)
            {
                string part = own.Part is { Length: > 0 } ? "/" + own.Part : "";
                string address = string.Create(CultureInfo.InvariantCulture, $"s7://{client.Host}:{client.Port}/{client.RemoteTsap:X4}{part}");
                devices.Add(new DevicePlan(address, [.. tags.Skip(first).Select(t => t.Kind)]));
            }
        }

        return errors.Total > before ? null : new S7EndpointPlan(client!, deviceSettings, [.. tags], devices);
    }

    private static S7ClientOptions? ClientOf(S7EndpointSettings settings, ConfigPath path, ConfigErrors errors)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            errors.Add(path.Member("host"), "missing", "the controller's host name or IP address", "\"host\": \"192.168.0.1\"");
        }

        ushort? local = TsapOf(settings.LocalTsap, path.Member("localTsap"), errors);
        ushort? remote = settings.RemoteTsap is { } text
            ? TsapOf(text, path.Member("remoteTsap"), errors)
            : S7ClientOptions.TsapOf(settings.Connection, settings.Rack, settings.Slot);
        return local is null || remote is null || string.IsNullOrWhiteSpace(settings.Host)
            ? null
            : new S7ClientOptions
            {
                Host = settings.Host,
                Port = settings.Port,
                LocalTsap = local.Value,
                RemoteTsap = remote.Value,
                PduBytes = settings.PduBytes,
                ConnectTimeoutMs = settings.ConnectTimeoutMs,
                ResponseTimeoutMs = settings.ResponseTimeoutMs,
            };
    }

    private static ushort? TsapOf(string text, ConfigPath path, ConfigErrors errors)
    {
        if (ushort.TryParse(text.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort tsap))
        {
            return tsap;
        }

        errors.Add(path, $"'{text}' is no transport selector", "four hexadecimal digits, such as 0201 or 02.01", "leave it out and give rack and slot");
        return null;
    }

    private static S7Tag? CompileTag(TagConfig tag, int id, Encoding? encoding, ConfigPath path, ConfigErrors errors)
    {
        int before = errors.Total;
        if (!S7Address.TryParse(tag.Address, out S7Address address, out string? problem))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': {problem}: '{tag.Address}'",
                "DB10.DBX4.0, DB10.DBB4, DB10.DBW4, DB10.DBD4, M0.1, MW4, ID8, QB2, VW100 (S7-200 SMART)", "see Drivers/S7/README.md");
            return null;
        }

        if (tag.Bit is { } bit)
        {
            if (bit > 7 || address.Bit >= 0 || address.WidthBytes > 1)
            {
                errors.Add(path.Member("bit"), $"tag '{tag.Name}': bit {bit} of {tag.Address}", "a bit of one byte, 0 to 7", "write it into the address, as in DB10.DBX4.3");
            }

            address = address with { Bit = bit };
        }

        if (tag.Order is not null)
        {
            errors.Add(path.Member("order"), $"tag '{tag.Name}': the controller has one byte order only", "nothing here", "leave it out");
        }

        TagType type = TypeOf(tag, address);
        if (type == TagType.Bool != address.Bit >= 0)
        {
            errors.Add(path.Member("type"), $"tag '{tag.Name}': {(address.Bit >= 0 ? "a bit is a bool" : "a bool needs its bit")}", "an address with a bit for bool, without one for others", "DB10.DBX4.0");
        }

        bool hasLength = type is TagType.String or TagType.Bytes;
        int bytes = hasLength ? LengthOf(tag, type, path, errors) : WidthOf(type);
        if (!hasLength && tag.Length is not null)
        {
            errors.Add(path.Member("length"), $"tag '{tag.Name}': only texts and bytes have a length", "nothing here", "\"type\": \"string\"");
        }

        if (!hasLength && address.WidthBytes > 0 && address.WidthBytes != bytes)
        {
            errors.Add(path.Member("type"), $"tag '{tag.Name}': {type.ToString().ToLowerInvariant()} fills {bytes} byte(s), {tag.Address} has {address.WidthBytes}", "a type and an address of one width", "");
        }

        if (address.Start + bytes > S7Address.StartMax + 1)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': {bytes} bytes do not fit behind {tag.Address}", "a value inside the area", "");
        }

        return errors.Total > before ? null : new S7Tag(id, tag.Name, address, type, bytes, type == TagType.String ? encoding : null);
    }

    /// <summary>Without a type, what the letter says: a bit, or an unsigned number of its width.</summary>
    private static TagType TypeOf(TagConfig tag, in S7Address address) => tag.Type ?? (address.Bit >= 0 ? TagType.Bool : address.WidthBytes switch
    {
        1 => TagType.UInt8,
        4 => TagType.UInt32,
        8 => TagType.UInt64,
        _ => TagType.UInt16,
    });

    private static int WidthOf(TagType type) => type switch
    {
        TagType.Bool or TagType.Int8 or TagType.UInt8 => 1,
        TagType.Int16 or TagType.UInt16 or TagType.Bcd16 => 2,
        TagType.Int32 or TagType.UInt32 or TagType.Float32 or TagType.Bcd32 => 4,
        _ => 8,
    };

    private static int LengthOf(TagConfig tag, TagType type, ConfigPath path, ConfigErrors errors)
    {
        int header = type == TagType.String ? TextHeaderBytes : 0;
        if (tag.Length is not { } length || length < 1 || length + header > TagBytesMax)
        {
            errors.Add(path.Member("length"), $"tag '{tag.Name}': {(tag.Length is null ? "missing" : $"{tag.Length} bytes")}", $"1 to {TagBytesMax - header}",
                type == TagType.String ? "the number in STRING[n]" : "the number of bytes");
            return 1 + header;
        }

        return length + header;
    }
}
