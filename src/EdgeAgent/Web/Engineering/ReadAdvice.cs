using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>What somebody in front of the machine can try next, from what a test read came to.</summary>
internal static class ReadAdvice
{
    private static readonly (Func<TestReadResult, bool> Is, ApiText Try)[] Rules =
    [
        (Says("ConnectionRefused"), new(
            "请核对端口号，确认设备已启用该协议的网络服务，且没有被其他主站占满连接。",
            "Check the port, that the device's network service for this protocol is switched on, and that other masters have not taken all its connections.")),
        (Says("HostUnreachable", "NetworkUnreachable", "no connection within", "TimedOut"), new(
            "请检查设备电源、网线、IP 地址和网段；可在本机 ping 该地址。",
            "Check power, cable, IP address and network mask; ping the address from this machine.")),
        (Says("HostNotFound", "TryAgain", "Name or service not known"), new("请改填 IP 地址，或检查 DNS。", "Give the IP address, or check DNS.")),
        (Says("it is not trusted"), new("请核对服务器证书的指纹，信任后重试。", "Compare the fingerprint of the server's certificate, trust it, and try again.")),
        (Says("does not trust this agent's certificate"), new(
            "请在服务器上信任本采集端的证书后重试。", "Have the server trust this agent's certificate, and try again.")),
        (Says("exception 1 "), new(
            "设备不支持此类寄存器：请核对寄存器类别（hr 保持、ir 输入、co 线圈、di 离散）。",
            "The device has no such table: check whether it is hr (holding), ir (input), co (coils) or di (discrete inputs).")),
        (Says("exception 2 "), new(
            "请核对地址：说明书的编号可能从 1 开始，或为 40001 一类的参考编号；也可用“字节序预览”逐个查看。",
            "Check the address: the manual may count from 1, or print reference numbers such as 40001. The byte order preview shows single registers.")),
        (Says("exception 10 ", "exception 11 "), new(
            "网关已应答，但其后的设备没有：请核对站号、串口接线和设备的波特率。",
            "The gateway answers, the device behind it does not: check the unit id, the wiring of the line and the device's baud rate.")),
        (Says("exception 6 ", "exception 5 "), new("设备正忙，请稍后重试，或减少一次读取的测点。", "The device is busy: try again later, or read fewer tags at once.")),
        (Says("exception 4 "), new("设备报告自身故障：请查看设备面板上的报警。", "The device reports a failure of its own: look at its panel.")),
        (Says("no answer"), new(
            "已连上但没有应答：请核对站号（常见为 1，网关自身常为 255 或 0），并确认没有其他主站占用。",
            "Connected, and no answer: check the unit id (1 is usual; gateways themselves often use 255 or 0), and that no other master is on the line.")),
        (Says("does not fit its request", "the connection broke"), new(
            "应答无法识别：请核对驱动与端口是否对应（Modbus TCP、RTU over TCP 不同），或设备拒绝了该站号。",
            "The answers make no sense: check that driver and port belong together (Modbus TCP is not RTU over TCP), or the device refuses the unit id.")),
        (static r => r.Quality == Quality.BadTimeout, new(
            "设备没有在规定时间内应答：请检查地址、接线和电源。", "The device did not answer in time: check address, wiring and power.")),
    ];

    /// <returns>Advice for the most frequent trouble; null when every tag is good or nothing is known about it.</returns>
    public static ApiText? For(IReadOnlyList<TestReadResult> results) => results.Where(static r => !r.Quality.IsGood)
        .Select(static r => Array.FindIndex(Rules, rule => rule.Is(r))).Where(static index => index >= 0)
        .GroupBy(static index => index).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key)
        .Select(static group => (ApiText?)Rules[group.Key].Try).FirstOrDefault();

    private static Func<TestReadResult, bool> Says(params string[] words) =>
        result => words.Any(word => result.Problem?.Contains(word, StringComparison.Ordinal) == true);
}
