using System.Globalization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>Checks one line of meters whole, and compiles it when nothing is wrong.</summary>
internal sealed class Cjt188Compiler(ConfigErrors errors)
{
    private const string AnyMeter = "any";

    public Cjt188EndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        LinePlace? place = null;
        ConfigPath at = path.Member("settings");
        if (SettingsReader.TryRead(endpoint.Settings, Cjt188SettingsJson.Default.Cjt188EndpointSettings, at, errors, out Cjt188EndpointSettings? settings))
        {
            place = LinePlaces.Compile(
                settings.Serial, settings.Host, settings.Port, settings.ConnectTimeoutMs, Cjt188ClientOptions.UsualSettings, at, errors);
        }

        var meters = new List<(Cjt188Meter Meter, int RepeatsMax)>();
        var tags = new List<Cjt188Tag>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            ConfigPath deviceAt = path.Member("devices").Index(i);
            (Cjt188Meter Meter, int RepeatsMax)? meter = MeterOf(endpoint.Devices[i], deviceAt.Member("settings"));
            int first = tags.Count;
            AddTags(endpoint.Devices[i], meter?.Meter.Type ?? 0x10, deviceAt, tags);
            if (meter is { } known && place is not null)
            {
                CheckAlone(known.Meter, meters, endpoint, deviceAt);
                meters.Add(known);
                List<Cjt188Tag> own = tags[first..];
                devices.Add(new DevicePlan($"cjt188://{LinePlaces.AddressOf(place)}/{known.Meter.Type:X2}/{(known.Meter.Address.IsAny ? AnyMeter : known.Meter.Address.ToString())}", [.. own.Select(tag => tag.Kind)])
                {
                    Units = [.. own.Select(tag => tag.Unit?.Name ?? "")],
                });
            }
        }

        return errors.Total > before ? null : new Cjt188EndpointPlan(settings!, place!, meters, [.. tags], devices);
    }

    private (Cjt188Meter Meter, int RepeatsMax)? MeterOf(DeviceConfig device, ConfigPath path)
    {
        if (!SettingsReader.TryRead(device.Settings, Cjt188SettingsJson.Default.Cjt188DeviceSettings, path, errors, out Cjt188DeviceSettings? settings))
        {
            return null;
        }

        int before = errors.Total;
        Cjt188Address address = Cjt188Address.Any;
        if (settings.Address != AnyMeter && !Cjt188Address.TryParse(settings.Address, out address))
        {
            errors.Add(path.Member("address"), $"'{settings.Address}' is no meter address", "up to 14 digits, or 'any'", "the number printed on the meter");
        }

        if (settings.MeterType.Length != 2 || !byte.TryParse(settings.MeterType, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte type))
        {
            errors.Add(path.Member("meterType"), $"'{settings.MeterType}' is no type of a meter", "two hexadecimal digits", "\"10\" cold water, \"20\" heat, \"30\" gas");
            type = 0;
        }

        return errors.Total > before ? null : (new Cjt188Meter(type, address, settings.AddressHighestFirst, settings.IdentifierHighestFirst), settings.RepeatsMax);
    }

    private void CheckAlone(Cjt188Meter meter, List<(Cjt188Meter Meter, int RepeatsMax)> others, EndpointConfig endpoint, ConfigPath path)
    {
        ConfigPath at = path.Member("settings").Member("address");
        if (meter.Address.IsAny && endpoint.Devices.Count > 1)
        {
            errors.Add(at, "'any' on a line with several meters: all would answer at once", "each meter's own address", "");
        }
        else if (others.Exists(other => other.Meter.Address == meter.Address))
        {
            errors.Add(at, $"{meter.Address} is another device of this line already", "each meter once", "");
        }
    }

    private void AddTags(DeviceConfig device, byte type, ConfigPath path, List<Cjt188Tag> into)
    {
        for (int i = 0; i < device.Tags.Count; i++)
        {
            TagConfig tag = device.Tags[i];
            if (Compile(tag, type, into.Count, tag.Source ?? path.Member("tags").Index(i)) is { } compiled)
            {
                into.Add(compiled);
            }
        }
    }

    private Cjt188Tag? Compile(TagConfig tag, byte type, int id, ConfigPath path)
    {
        IReadOnlyList<MeterField> fields = MeterField.Of(type);
        if (fields.FirstOrDefault(known => known.Name == tag.Address) is not { } field)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': a meter of type {type:X2} has no '{tag.Address}'",
                string.Join(", ", fields.Select(known => known.Name)), "see Drivers/Cjt188/README.md");
            return null;
        }

        if (tag.Type is not null || tag.Order is not null || tag.Length is not null)
        {
            errors.Add(path.Member(tag.Type is not null ? "type" : tag.Order is not null ? "order" : "length"),
                $"tag '{tag.Name}': has no meaning for cjt188", "nothing here", "leave it out");
        }

        if (tag.Bit is { } bit && (field.Shape != MeterFieldShape.Bits || bit >= 8 * field.Bytes))
        {
            errors.Add(path.Member("bit"), $"tag '{tag.Name}': there is no bit {bit} in '{tag.Address}'", "a bit of status, 0 to 15", "");
        }

        return new Cjt188Tag(id, field, tag.Bit ?? -1, UnitOf(tag, field, path));
    }

    /// <summary>Meters say in which unit they count, and values come in the unit that the tag asks for.</summary>
    private MeterUnit? UnitOf(TagConfig tag, MeterField field, ConfigPath path)
    {
        if (field.Quantity == MeterQuantity.None)
        {
            return null;
        }

        MeterUnit own = MeterUnit.OwnOf(field.Quantity);
        if (tag.Unit is null || tag.Scale is not null)
        {
            return own;
        }

        if (!MeterUnit.TryGet(tag.Unit, out MeterUnit? unit) || unit.Quantity != field.Quantity)
        {
            errors.Add(path.Member("unit"), $"tag '{tag.Name}': '{tag.Unit}' is no unit that '{field.Name}' can be given in",
                string.Join(", ", MeterUnit.NamesOf(field.Quantity)), "with a scale any unit may stand here");
        }

        return unit ?? own;
    }
}
