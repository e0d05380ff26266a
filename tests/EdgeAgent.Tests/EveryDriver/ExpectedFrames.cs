using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>What a service engineer must find among the last frames of each peer: of what was sent and of what came, a part of its meaning, text or bytes.</summary>
internal static class ExpectedFrames
{
    /// <summary>What peers of the table are let in with. The password of the loggers begins with 1; the digits alone may stand in a time.</summary>
    private static readonly string[] Secrets = ["PW=1", "kennwort", Convert.ToBase64String("agent:kennwort-web"u8)];

    private static readonly Dictionary<string, (string? Sent, string Received)> OfPeer = new()
    {
        ["modbus-tcp"] = ("read holding registers from 0, 1 of them", "holding registers: 2 bytes"),
        ["modbus-udp"] = ("read holding registers from 0, 1 of them", "holding registers: 2 bytes"),
        ["modbus-rtu-over-tcp"] = ("read holding registers from 0, 1 of them", "0103021092"),
        ["modbus-listen"] = ("read holding registers from 0, 1 of them", "0103021092"),
        ["modbus-rtu"] = ("read holding registers from 0, 1 of them", "0103021092"),
        ["modbus-ascii"] = (":010300000001", ":0103021092"),
        ["s7"] = ("read 2 bytes of DB1 from 0", "data of 1"),
        ["melsec"] = ("read 1 words of DataRegister from 0", "2 bytes of data"),
        ["opc-ua"] = ("PublishRequest", "PublishResponse"),
        ["dlt645"] = ("ask meter 000102030425 for 00010000", "meter 000102030425 answers 00010000"),
        ["cjt188"] = ("78563412000000", "answers 1F90"),
        ["frames-tcp"] = (null, "ST,+ 21.5 kg\u240D\u240A"),
        ["frames-listen"] = (null, "ST,+ 21.5 kg\u240D\u240A"),
        ["frames-serial"] = (null, "ST,+ 21.5 kg\u240D\u240A"),
        ["hj212-tcp"] = (null, "PW=******;MN=STACK1"),
        ["hj212-listen"] = (null, "PW=******;MN=STACK1"),
        ["hj212-serial"] = (null, "PW=******;MN=STACK1"),
        ["http-json"] = ("/live", "{\"v\":21.5}"),
        ["mtconnect"] = ("/current", "<MTConnectStreams>"),
        ["mtconnect sample"] = ("/sample", "<MTConnectStreams>"),
        ["mqtt-in json"] = (null, "{\"v\":21.5}"),
        ["mqtt-in plain"] = (null, "plain/s/v"),
        ["mqtt-in chirpstack"] = (null, "application/a/device/0101010101010101/event/up"),
        ["mqtt-in sparkplug"] = ("spBv1.0/g/NCMD/n", "spBv1.0/g/NBIRTH/n"),
        ["file-tail"] = (null, "21.5"),
        ["probe"] = ("connect to 127.0.0.1:", "answered after"),
    };

    /// <returns>What is missing or must not be there; null when all is well.</returns>
    public static string? WrongWith(Peer peer, IReadOnlyList<WireFrame>? frames)
    {
        if (frames is null || !OfPeer.TryGetValue(peer.Name, out (string? Sent, string Received) wanted))
        {
            return frames is null ? "keeps no frames" : "has no row of expected frames";
        }

        string[] missing = [.. new[] { (true, wanted.Sent), (false, wanted.Received) }
            .Where(side => side.Item2 is { } part && !frames.Any(frame => frame.Sent == side.Item1 && Shown(frame).Contains(part, StringComparison.Ordinal)))
            .Select(side => $"{(side.Item1 ? "sent" : "received")} '{side.Item2}'")];
        string[] secret = [.. Secrets.Where(secret => frames.Any(frame => Shown(frame).Contains(secret, StringComparison.Ordinal)))];
        return missing.Length + secret.Length == 0 ? null
            : $"missing {string.Join(", ", missing)}; not to be there {string.Join(", ", secret)}; there is:\n  {string.Join("\n  ", frames.Select(frame => $"{frame.Sent} {Shown(frame)}"))}";
    }

    private static string Shown(WireFrame frame) => $"{frame.Meaning} {frame.Text} {Convert.ToHexString(frame.Start.Span)}";
}
