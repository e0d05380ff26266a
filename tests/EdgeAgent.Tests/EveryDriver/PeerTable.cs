using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.EveryDriver.Links;
using EdgeAgent.Tests.EveryDriver.Peers;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>The peer of each driver. A driver without a row fails a test.</summary>
internal static class PeerTable
{
    private const string Modbus = "\"address\":\"hr:0\",\"type\":\"uint16\"";
    private const string Unit = """{"unitId":1,"identify":false}""";
    private const string Waits = "\"responseTimeoutMs\":300";
    private const string Scale = "\"framing\":{\"end\":\"\\\\r\\\\n\"}";
    private const string ScaleLine = """{"pattern":"^ST,(?<v>[-+] *[0-9.]+) *kg"}""";

    /// <summary>Answers that belong to no request are passed over, so a lie may also end as no answer in time.</summary>
    private static readonly Quality[] DamagedOrNone = [Quality.BadDecodingError, Quality.BadTimeout];

    private static readonly Quality[] GoneOrSilent = [Quality.BadNotConnected, Quality.BadTimeout];

    public static IReadOnlyList<Peer> OnNetwork(TempDirectory directory) =>
    [
        Controller("modbus-tcp", new ServedPort(), Requests.ModbusTcp, Modbus, Unit, answer => With(answer, 7, 0x44)),
        Controller("modbus-udp", new DatagramPort(), Requests.ModbusTcp, Modbus, Unit, answer => With(answer, 7, 0x44), onVanish: GoneOrSilent),
        Controller("modbus-rtu-over-tcp", new ServedPort(), Requests.ModbusRtu, Modbus, Unit, FlipLast),
        Controller("modbus-listen", new DiallingPort(), Requests.ModbusRtu, Modbus, Unit, FlipLast, more: ",\"connectTimeoutMs\":500"),
        Controller("s7", new ServedPort(), Requests.S7, "\"address\":\"DB1.DBW0\",\"type\":\"uint16\"", "{}", answer => With(answer, 7, 0x33)),
        Controller("melsec", new ServedPort(), Requests.Melsec, "\"address\":\"D0\",\"type\":\"uint16\"", "{}", answer => With(answer, 0, 0xD7)),
        new OpcUaPeer
        {
            Name = "opc-ua", Driver = "opc-ua", Tag = "\"address\":\"nsu=urn:edgeagent:simulator:plant;s=press-1.Power\"",
            OnLies = GoneOrSilent, OnStall = GoneOrSilent, OnVanish = GoneOrSilent,
        },
        Sender("frames-tcp", new ServedPort(), ScaleTelegram, "\"address\":\"v\"", ScaleLine, Scale),
        Sender("frames-listen", new DiallingPort(), ScaleTelegram, "\"address\":\"v\"", ScaleLine, Scale, onVanish: GoneOrSilent),
        Sender("hj212-tcp", new ServedPort(), Requests.Hj212, "\"address\":\"a34013-Rtd\"", """{"mn":"STACK1"}""", ""),
        Sender("hj212-listen", new DiallingPort(), Requests.Hj212, "\"address\":\"a34013-Rtd\"", """{"mn":"STACK1"}""", "", onVanish: GoneOrSilent),
        Web("http-json", """{"requests":[{"path":"live"}]}""", "\"address\":\"$.v\"", _ => """{"v":21.5}"""),
        Web("mtconnect", "{}", "\"address\":\"x1\"", MtConnect),
        Web("mtconnect sample", "{}", "\"address\":\"x1\"", MtConnect, ",\"mode\":\"sample\",\"sampleMs\":100"),
        Sensor("mqtt-in json", """{"topic":"json/{device}"}""", "s", "$.v", (mood, _) => ("json/s", Text(mood, """{"v":21.5}""", """{"v":"rubbish"}"""))),
        Sensor("mqtt-in plain", """{"format":"plain","topic":"plain/{device}/{metric}"}""", "s", "v", (mood, _) => ("plain/s/v", Text(mood, "21.5", "rubbish"))),
        Sensor("mqtt-in chirpstack", """{"format":"chirpstack"}""", "0101010101010101", "object.v", (mood, number) =>
            ("application/a/device/0101010101010101/event/up", Text(mood, Uplink(number, "21.5"), Uplink(number, "\"rubbish\"")))),
        new MqttPeer
        {
            // Its silence vouches for its values, so a node stalls when the broker says that it is dead.
            Name = "mqtt-in sparkplug", Driver = "mqtt-in", Source = """{"format":"sparkplug"}""", Device = """{"id":"g/n"}""", Tag = "\"address\":\"v\"", Value = 21.5,
            OnLies = [Quality.Bad, Quality.BadDecodingError, Quality.BadSensorFailure, Quality.BadDeviceFailure], OnStall = [Quality.BadNoCommunication],
            Message = (mood, _) => mood switch
            {
                Mood.Stalls => ("spBv1.0/g/NDEATH/n", SparkplugBytes.Death()),
                Mood.Lies => ("spBv1.0/g/NBIRTH/n", SparkplugBytes.BirthOfBad(99)),
                _ => ("spBv1.0/g/NBIRTH/n", SparkplugBytes.Birth(21.5)),
            },
        },
        new FilePeer(directory) { Name = "file-tail", Driver = "file-tail", Tag = "\"address\":\"#1\"", Value = 21.5, OnVanish = GoneOrSilent },
        ProbedPeer.Create(),
    ];

    public static IReadOnlyList<Peer> OnSerialLines(TempDirectory directory) =>
    [
        Controller("modbus-rtu", new SerialCable(directory, "rtu"), Requests.ModbusRtu, Modbus, Unit, FlipLast),
        Controller("modbus-ascii", new SerialCable(directory, "ascii"), Requests.ModbusAscii, Modbus, Unit, answer => With(answer, answer.Length - 3, (byte)'X')),
        Controller("dlt645", new SerialCable(directory, "dlt645"), Requests.Dlt645, "\"address\":\"00010000\"", """{"address":"000102030425"}""",
            answer => With(answer, answer.Length - 2, 0), value: 1206.42),
        Controller("cjt188", new SerialCable(directory, "cjt188"), Requests.Cjt188, "\"address\":\"volume\"", """{"address":"12345678"}""",
            answer => With(answer, answer.Length - 2, 0), value: 12345.67),
        Sender("frames-serial", new SerialCable(directory, "frames"), ScaleTelegram, "\"address\":\"v\"", ScaleLine, Scale),
        Sender("hj212-serial", new SerialCable(directory, "hj212"), Requests.Hj212, "\"address\":\"a34013-Rtd\"", """{"mn":"STACK1"}""", ""),
    ];

    private static StreamPeer Controller(
        string driver, Link link, Func<List<byte>, byte[]> answer, string tag, string device, Func<byte[], byte[]> lie,
        double value = Requests.Word, string more = "", Quality[]? onVanish = null) => new()
        {
            Name = driver, Driver = driver, Link = link, Answer = answer, Tag = tag, Device = device, Lie = lie, Value = value, More = Waits + more,
            OnLies = DamagedOrNone, OnVanish = onVanish ?? [Quality.BadNotConnected],
        };

    private static StreamPeer Sender(string driver, Link link, Func<byte[]> telegram, string tag, string device, string more, Quality[]? onVanish = null) => new()
    {
        Name = driver, Driver = driver, Link = link, Telegram = telegram, Tag = tag, Device = device, More = more, Value = 21.5,
        Lie = truth => [.. truth.Select((value, i) => i == 5 ? (byte)(value ^ 0x10) : value)], OnVanish = onVanish ?? [Quality.BadNotConnected],
    };

    private static StreamPeer Web(string name, string device, string tag, Func<string, string> body, string more = "")
    {
        var port = new ServedPort();
        return new StreamPeer
        {
            Name = name, Driver = name.Split(' ')[0], Link = new Addressed(port), More = $"\"url\":\"{port.Url}\",\"user\":\"agent\",\"password\":\"kennwort-web\"," + Waits + more, Device = device, Tag = tag, Value = 21.5,
            Answer = received => Requests.Http(received, body),
            Lie = truth => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(truth).Replace("21.5", "\"ab\"", StringComparison.Ordinal)),
            OnLies = [Quality.BadDecodingError, Quality.BadTypeMismatch], OnStall = more.Length > 0 ? GoneOrSilent : [Quality.BadTimeout],

            // An answer that breaks off in the middle cannot be read, and of a tag that is bad already nothing more is told.
            OnVanish = more.Length > 0 ? [.. GoneOrSilent, Quality.BadDecodingError] : [Quality.BadNotConnected],
        };
    }

    private static MqttPeer Sensor(string name, string source, string id, string address, Func<Mood, int, (string Topic, byte[]? Payload)> message) => new()
    {
        Name = name, Driver = "mqtt-in", Source = source, Device = $$"""{"id":"{{id}}"}""", Tag = $"\"address\":\"{address}\"", Value = 21.5,
        Message = (mood, number) => message(mood, number) is (var topic, { } payload) ? (topic, payload) : null,
    };

    private static byte[]? Text(Mood mood, string truth, string lie) => mood switch
    {
        Mood.Lies => Encoding.UTF8.GetBytes(lie),
        Mood.Stalls => null,
        _ => Encoding.UTF8.GetBytes(truth),
    };

    private static string Uplink(int number, string value) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"deviceInfo":{"devEui":"0101010101010101"},"fCnt":{{number}},"object":{"v":{{value}} } }""");

    private static byte[] ScaleTelegram() => "ST,+ 21.5 kg\r\n"u8.ToArray();

    /// <summary>An agent whose every question for what is new finds one more observation.</summary>
    private static string MtConnect(string target)
    {
        int sequence = target.Contains("from=", StringComparison.Ordinal) ? int.Parse(target.Split("from=")[1].Split('&')[0], CultureInfo.InvariantCulture) : 1;
        string header = $"""<Header creationTime="2026-01-01T00:00:00Z" sender="t" instanceId="1" version="1.7" firstSequence="1" lastSequence="{sequence}" nextSequence="{sequence + 1}"/>""";
        string time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return target.Contains("probe", StringComparison.Ordinal)
            ? $"""<MTConnectDevices>{header}<Devices><Device id="d" name="VMC" uuid="u"><DataItems><DataItem id="x1" type="POSITION" category="SAMPLE"/></DataItems></Device></Devices></MTConnectDevices>"""
            : $"""<MTConnectStreams>{header}<Streams><DeviceStream name="VMC" uuid="u"><ComponentStream component="Device" componentId="d"><Samples><Position dataItemId="x1" sequence="{sequence}" timestamp="{time}">21.5</Position></Samples></ComponentStream></DeviceStream></Streams></MTConnectStreams>""";
    }

    private static byte[] FlipLast(byte[] truth) => With(truth, truth.Length - 1, (byte)(truth[^1] ^ 0x55));

    private static byte[] With(byte[] truth, int at, byte value) => [.. truth.Select((old, i) => i == at ? value : old)];

    /// <summary>A port that the endpoint names by an address of its own.</summary>
    private sealed class Addressed(ServedPort port) : Link
    {
        public override string Settings => "";

        protected override Task OpenAsync()
        {
            (port.Take, port.Tell) = (Take, Tell);
            return port.AppearAsync();
        }

        protected override Task ServeAsync(CancellationToken gone) => Task.CompletedTask;

        protected override Task CloseAsync() => port.VanishAsync();
    }
}
