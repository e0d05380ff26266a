using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Frames;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class FramesCompiler(string driverName, FramesRoute route, ConfigErrors errors)
{
    public FramesPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, FramesSettingsJson.Default.FramesEndpointSettings, at, errors, out FramesEndpointSettings? settings);
        LinePlace? place = null;
        IPEndPoint? listen = null;
        FrameRule? rule = null;
        byte[]? command = null;
        Encoding? encoding = Encoding.ASCII;
        if (settings is not null)
        {
            (place, listen) = PlaceOf(settings, at);
            rule = RuleOf(settings.Framing, at.Member("framing"));
            command = settings.Poll is { } poll ? CommandOf(poll, at.Member("poll")) : null;
            if (!FieldEncoding.TryGet(settings.Encoding, out encoding))
            {
                errors.Add(at.Member("encoding"), $"'{settings.Encoding}' is no encoding known here", FieldEncoding.Expected, "\"gbk\" for Chinese text");
            }
        }

        string address = place is not null ? $"{driverName}://{LinePlaces.AddressOf(place)}" : $"{driverName}://{listen}";
        var devices = new List<FrameDevice>();
        var plans = new List<DevicePlan>();
        int tags = 0;
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            if (new FrameTagCompiler(errors).Compile(device, i, tags, endpoint.Devices.Count, path.Member("devices").Index(i)) is { } compiled)
            {
                devices.Add(compiled);
                plans.Add(new DevicePlan(
                    compiled.Match is null ? address : $"{address}/{compiled.Match}", [.. compiled.Tags.Select(tag => tag.Kind)]));
            }

            tags += device.Tags.Count;
        }

        return errors.Total > before
            ? null
            : new FramesPlan(settings!, place, listen, rule!, command, encoding!, devices, plans);
    }

    private (LinePlace? Place, IPEndPoint? Listen) PlaceOf(FramesEndpointSettings settings, ConfigPath path)
    {
        if (route != FramesRoute.Listen && settings.Bind is not null)
        {
            errors.Add(path.Member("bind"), $"{driverName} does not listen", "nothing here", "the driver frames-listen");
        }

        switch (route)
        {
            case FramesRoute.Serial:
                return (LinePlaces.Compile(settings.Serial, settings.Host, settings.Port, settings.ConnectTimeoutMs, new SerialSettings(), path, errors), null);
            case FramesRoute.Tcp when settings.Serial is not null:
                errors.Add(path.Member("serial"), "frames-tcp has no serial port", "host and port", "the driver frames-serial");
                return default;
            case FramesRoute.Tcp:
                return (LinePlaces.Compile(null, settings.Host, settings.Port, settings.ConnectTimeoutMs, new SerialSettings(), path, errors), null);
        }

        IPAddress? bind = IPAddress.Any;
        if (settings.Bind is { } text && !IPAddress.TryParse(text, out bind))
        {
            errors.Add(path.Member("bind"), $"'{text}' is no IP address", "a local address", "leave it out for every interface");
        }

        if (settings.Port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port on which devices dial in", "");
        }

        if (settings.Host is not null || settings.Serial is not null)
        {
            errors.Add(path.Member(settings.Host is null ? "serial" : "host"), "frames-listen waits for devices to dial in", "bind and port", "the driver frames-tcp or frames-serial");
        }

        return (null, new IPEndPoint(bind ?? IPAddress.Any, settings.Port ?? 0));
    }

    private FrameRule? RuleOf(FramingSettings settings, ConfigPath path)
    {
        int ways = (settings.End is null ? 0 : 1) + (settings.Length is null ? 0 : 1) + (settings.LengthField is null ? 0 : 1);
        if (ways != 1)
        {
            errors.Add(path, ways == 0 ? "nothing tells where a frame ends" : "several things tell where a frame ends", "one of end, length and lengthField", "\"end\": \"\\\\r\\\\n\"");
            return null;
        }

        return new FrameRule
        {
            Start = settings.Start is { } start ? BytesOf(start, path.Member("start")) : default,
            End = settings.End is { } end ? BytesOf(end, path.Member("end")) : default,
            FixedLength = settings.Length ?? 0,
            Length = settings.LengthField is { } field ? new LengthField(field.Offset, field.Size, field.LowByteFirst, field.Add) : null,
            Checksum = settings.Checksum?.Compile() ?? Checksum.None,
            SizeMax = Math.Max(settings.SizeMax, settings.Length ?? 0),
        };
    }

    private byte[] CommandOf(PollSettings poll, ConfigPath path)
    {
        byte[] command = BytesOf(poll.Command, path.Member("command"));
        Checksum checksum = poll.Checksum?.Compile() ?? Checksum.None;
        Span<byte> sum = stackalloc byte[4];
        checksum.Write(command, sum);
        byte[] end = poll.End is { } text ? BytesOf(text, path.Member("end")) : [];
        return [.. command, .. sum[..checksum.Size], .. end];
    }

    private byte[] BytesOf(string text, ConfigPath path)
    {
        if (ByteText.TryParse(text, out byte[] bytes) && bytes.Length > 0)
        {
            return bytes;
        }

        errors.Add(path, $"'{text}' cannot be read as bytes", ByteText.Expected, "");
        return [0];
    }
}
