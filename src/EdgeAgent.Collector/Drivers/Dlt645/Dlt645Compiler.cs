using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Checks one line of meters whole, and compiles it when nothing is wrong.</summary>
internal sealed class Dlt645Compiler(ConfigErrors errors)
{
    private const string AnyMeter = "any";

    public Dlt645EndpointPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        LinePlace? place = null;
        ConfigPath at = path.Member("settings");
        if (SettingsReader.TryRead(endpoint.Settings, Dlt645SettingsJson.Default.Dlt645EndpointSettings, at, errors, out Dlt645EndpointSettings? settings))
        {
            place = LinePlaces.Compile(
                settings.Serial, settings.Host, settings.Port, settings.ConnectTimeoutMs, Dlt645ClientOptions.UsualSettings, at, errors);
        }

        var meters = new List<Meter>();
        var tags = new List<Dlt645Tag>();
        var devices = new List<DevicePlan>();
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            ConfigPath deviceAt = path.Member("devices").Index(i);
            Meter? meter = MeterOf(endpoint.Devices[i], deviceAt.Member("settings"));
            int first = tags.Count;
            AddTags(endpoint.Devices[i], meter?.Version ?? Dlt645Version.V2007, deviceAt, tags);
            if (meter is not null && place is not null)
            {
                CheckAlone(meter, meters, endpoint, deviceAt);
                meters.Add(meter);
                List<Dlt645Tag> own = tags[first..];
                devices.Add(new DevicePlan($"dlt645://{LinePlaces.AddressOf(place)}/{(meter.Address.IsAny ? AnyMeter : meter.Address.ToString())}", [.. own.Select(tag => tag.Kind)])
                {
                    Units = [.. own.Select(tag => tag.Unit)],
                    Decimals = [.. own.Select(tag => tag.Format is { Shape: DataShape.Number, Decimals: > 0 } ? tag.Format.Decimals : -1)],
                });
            }
        }

        return errors.Total > before ? null : new Dlt645EndpointPlan(settings!, place!, meters, [.. tags], devices);
    }

    private Meter? MeterOf(DeviceConfig device, ConfigPath path)
    {
        if (!SettingsReader.TryRead(device.Settings, Dlt645SettingsJson.Default.Dlt645DeviceSettings, path, errors, out Dlt645DeviceSettings? settings))
        {
            return null;
        }

        MeterAddress address = MeterAddress.Any;
        if (settings.Address != AnyMeter && !MeterAddress.TryParse(settings.Address, out address))
        {
            errors.Add(path.Member("address"), $"'{settings.Address}' is no meter address", "up to 12 digits, or 'any'", "the number printed on the meter (表号)");
            return null;
        }

        if (settings.Edition is not (1997 or 2007))
        {
            errors.Add(path.Member("edition"), $"there is no edition {settings.Edition}", "2007 or 1997", "2007; 1997 for meters made before about 2009");
            return null;
        }

        return new Meter(address, settings.Edition == 1997 ? Dlt645Version.V1997 : Dlt645Version.V2007, settings.RepeatsMax);
    }

    private void CheckAlone(Meter meter, List<Meter> others, EndpointConfig endpoint, ConfigPath path)
    {
        if (meter.Address.IsAny && endpoint.Devices.Count > 1)
        {
            errors.Add(path.Member("settings").Member("address"), "'any' on a line with several meters: all would answer at once", "each meter's own address", "edgeagent scan finds the address of a meter that is alone on its line");
        }
        else if (others.Exists(other => other.Address == meter.Address))
        {
            errors.Add(path.Member("settings").Member("address"), $"{meter.Address} is another device of this line already", "each meter once", "");
        }
    }

    private void AddTags(DeviceConfig device, Dlt645Version version, ConfigPath path, List<Dlt645Tag> into)
    {
        for (int i = 0; i < device.Tags.Count; i++)
        {
            TagConfig tag = device.Tags[i];
            if (Compile(tag, version, into.Count, tag.Source ?? path.Member("tags").Index(i)) is { } compiled)
            {
                into.Add(compiled);
            }
        }
    }

    private Dlt645Tag? Compile(TagConfig tag, Dlt645Version version, int id, ConfigPath path)
    {
        if (!Dlt645AddressParser.TryParse(tag.Address, version, out uint identifier, out int offset, out DataFormat? format, out string unit))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' is no data item of the edition of {(version == Dlt645Version.V1997 ? "1997 (4 digits)" : "2007 (8 digits)")}",
                Dlt645AddressParser.Expected, "see Drivers/Dlt645/README.md");
            return null;
        }

        if (format is not { } known)
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': how '{tag.Address}' lies in its bytes is not known here", "a format behind it", $"\"{tag.Address}/4.2\" for 4 bytes with 2 decimals");
            return null;
        }

        if (tag.Type is not null || tag.Order is not null || tag.Length is not null)
        {
            errors.Add(path.Member(tag.Type is not null ? "type" : tag.Order is not null ? "order" : "length"),
                $"tag '{tag.Name}': has no meaning for dlt645", "nothing here", "a format behind the address");
        }

        if (tag.Bit is { } bit && (known.Shape != DataShape.Bits || bit >= 8 * known.Bytes))
        {
            errors.Add(path.Member("bit"), $"tag '{tag.Name}': there is no bit {bit} in '{tag.Address}'", "a bit of a status word", "");
        }

        return new Dlt645Tag(id, identifier, offset, known, tag.Bit ?? -1, unit);
    }
}
