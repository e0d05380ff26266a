using System.Globalization;
using System.Net;
using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Hj212;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class Hj212Compiler(string driverName, Hj212Route route, ConfigErrors errors)
{
    public Hj212Plan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, Hj212SettingsJson.Default.Hj212EndpointSettings, at, errors, out Hj212EndpointSettings? settings);
        (LinePlace? place, IPEndPoint? listen) = settings is null ? default : PlaceOf(settings, at);
        string address = place is not null ? LinePlaces.AddressOf(place) : $"{listen}";
        var loggers = new List<Hj212LoggerPlan>();
        var plans = new List<DevicePlan>();
        var machines = new HashSet<string>(StringComparer.Ordinal);
        int tags = 0;
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath where = path.Member("devices").Index(i);
            Hj212Tag[] compiled = [.. device.Tags.Select((tag, j) => CompileTag(tag, tags + j, tag.Source ?? where.Member("tags").Index(j))!)];
            tags += device.Tags.Count;
            if (!SettingsReader.TryRead(device.Settings, Hj212SettingsJson.Default.Hj212DeviceSettings, where.Member("settings"), errors, out Hj212DeviceSettings? own))
            {
                continue;
            }

            if (own.Mn.Length == 0 || !Ascii.IsValid(own.Mn) || own.Mn.AsSpan().ContainsAny(";&="))
            {
                errors.Add(where.Member("settings").Member("mn"), $"'{own.Mn}' is no MN", "the logger's number as it stands in its packets", "");
            }
            else if (!machines.Add(own.Mn))
            {
                errors.Add(where.Member("settings").Member("mn"), $"two devices have the MN '{own.Mn}'", "a number of its own for each logger", "");
            }

            loggers.Add(new Hj212LoggerPlan(i, Encoding.ASCII.GetBytes(own.Mn), own.Password is { } word ? Encoding.ASCII.GetBytes(word.Reveal()) : null, compiled));
            plans.Add(new DevicePlan($"{driverName}://{address}/{own.Mn}", errors.Total > before ? [] : [.. compiled.Select(tag => tag.Kind)]));
        }

        return errors.Total > before ? null : new Hj212Plan(endpoint.Name, settings!, place, listen, loggers, plans);
    }

    private (LinePlace? Place, IPEndPoint? Listen) PlaceOf(Hj212EndpointSettings settings, ConfigPath path)
    {
        if (route != Hj212Route.Listen)
        {
            if (route == Hj212Route.Tcp && settings.Serial is not null)
            {
                errors.Add(path.Member("serial"), "hj212-tcp has no serial port", "host and port", "the driver hj212-serial");
            }

            return (LinePlaces.Compile(
                route == Hj212Route.Serial ? settings.Serial : null, settings.Host, settings.Port, settings.ConnectTimeoutMs, new SerialSettings(), path, errors), null);
        }

        IPAddress? bind = IPAddress.Any;
        if (settings.Bind is { } text && !IPAddress.TryParse(text, out bind))
        {
            errors.Add(path.Member("bind"), $"'{text}' is no IP address", "a local address", "leave it out for every interface");
        }

        if (settings.Port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port on which loggers dial in", "");
        }

        return (null, new IPEndPoint(bind ?? IPAddress.Any, settings.Port ?? 0));
    }

    private Hj212Tag? CompileTag(TagConfig tag, int id, ConfigPath path)
    {
        int colon = tag.Address.IndexOf(':');
        string item = tag.Address[(colon + 1)..];
        int command = Hj212Command.RealTime;
        if (item.Length == 0 || item.AsSpan().ContainsAny(";,=&") || !Ascii.IsValid(item)
            || (colon >= 0 && !int.TryParse(tag.Address[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out command)))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{tag.Address}' names no item", "ITEM of real-time data, or COMMAND:ITEM", "\"a01001-Rtd\", \"2051:a01001-Avg\"");
            return null;
        }

        int dash = item.LastIndexOf('-');
        bool hasFlag = dash > 0 && item[(dash + 1)..] != "Flag";
        return TagKinds.Check(tag, path, errors) is { } kind
            ? new Hj212Tag(id, kind, command, Encoding.ASCII.GetBytes(item), hasFlag ? Encoding.ASCII.GetBytes(item[..dash] + "-Flag") : [])
            : null;
    }
}
