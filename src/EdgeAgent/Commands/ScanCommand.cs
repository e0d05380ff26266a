using System.CommandLine;
using System.Net;
using EdgeAgent.Commands.Scan;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent scan</c>: what answers on a serial line or in a range of addresses, and a configuration to start from.</summary>
internal static class ScanCommand
{
    private const int HostTimeoutMs = 500;

    public static Command Create(CommandContext context)
    {
        Argument<string> target = new("target") { Description = "A serial port (/dev/ttyUSB0), an address, or a range (192.168.1.0/24, 192.168.1.10-50)." };
        Option<int> units = new("--units") { Description = "Serial lines: the highest Modbus unit id to try.", DefaultValueFactory = _ => 32 };
        Option<int[]> baud = new("--baud") { Description = "Serial lines: only these baud rates, with no, even and odd parity.", AllowMultipleArgumentsPerToken = true };
        Option<int[]> ask = new("--ask") { Description = "Networks: the Modbus units to ask one after the other until one answers; 1 255 0 unless told.", AllowMultipleArgumentsPerToken = true };
        Option<int> rate = new("--rate") { Description = "Networks: connections a second.", DefaultValueFactory = _ => 50 };
        Option<int?> timeout = new("--timeout") { Description = "Milliseconds in which a Modbus unit must answer (120), or a host take a connection (500)." };
        Command command = new("scan", "Find devices on a serial line or in a range of addresses that you name; reads only. Exit code 3 when nothing answers.")
        {
            target, units, baud, ask, rate, timeout,
        };
        command.SetAction((parsed, cancellation) => parsed.GetRequiredValue(target) is var named && named.StartsWith('/')
            ? ScanLineAsync(context, named, parsed.GetValue(baud) ?? [], parsed.GetValue(units), parsed.GetValue(timeout), cancellation)
            : ScanNetworkAsync(context, named, parsed.GetValue(ask) ?? [], parsed.GetValue(rate), parsed.GetValue(timeout) ?? HostTimeoutMs, cancellation));
        return command;
    }

    private static async Task<int> ScanLineAsync(CommandContext context, string port, int[] baudRates, int unitMost, int? unitTimeoutMs, CancellationToken cancellation)
    {
        if (unitTimeoutMs is < 10 or > 10_000)
        {
            throw CommandFailure.BadUsage("--timeout takes 10 to 10000 milliseconds on a line.");
        }

        if (unitMost is < 1 or > 247)
        {
            throw CommandFailure.BadUsage($"--units {unitMost}: Modbus units on a line are 1 to 247.");
        }

        using ProgressLine progress = new(context);
        IReadOnlyList<SerialSettings> settings = baudRates.Length == 0 ? LineSettingsOrder.All : [.. baudRates.SelectMany(WithEachParity)];
        LineScan scan = new(port, settings, unitMost, unitTimeoutMs, context.Time, progress.Report);
        IReadOnlyList<FoundDevice> found = await scan.RunAsync(cancellation);
        progress.Dispose();
        foreach (SerialSettings garbled in scan.Garbled)
        {
            context.Error.WriteLine($"At {garbled} bytes came that make no frame: a near miss of the settings, several meters answering at once, or A and B swapped.");
        }

        return Report(context, port, found, "Check power, A and B of the RS-485 line, termination, and that no other program or master is on it.");
    }

    private static async Task<int> ScanNetworkAsync(CommandContext context, string range, int[] units, int rate, int timeoutMs, CancellationToken cancellation)
    {
        IReadOnlyList<IPAddress> addresses = AddressRange.Parse(range)
            ?? throw CommandFailure.BadUsage($"'{range}' is no target. Expected a serial port such as /dev/ttyUSB0, an IPv4 address, a range such as 192.168.1.10-50, or a network of /20 or smaller such as 192.168.1.0/24.");
        if (rate is < 1 or > 1000 || timeoutMs is < 50 or > 10_000)
        {
            throw CommandFailure.BadUsage("--rate takes 1 to 1000 connections a second, --timeout 50 to 10000 milliseconds.");
        }

        if (units.Any(static unit => unit is < 0 or > 255))
        {
            throw CommandFailure.BadUsage("--ask takes Modbus units from 0 to 255.");
        }

        using ProgressLine progress = new(context);
        NetworkScan scan = new(addresses, rate, timeoutMs, context.Time, progress.Report) { Units = units.Length > 0 ? units : NetworkScan.UnitsUsual };
        IReadOnlyList<FoundDevice> found = await scan.RunAsync(cancellation);
        progress.Dispose();
        return Report(context, range, found, "Devices may use other ports, or be behind another network; a port scan of the whole plant is not for this program.");
    }

    private static int Report(CommandContext context, string target, IReadOnlyList<FoundDevice> found, string advice)
    {
        foreach (FoundDevice device in found)
        {
            context.Error.WriteLine($"{device.Place}: {device.Detail}");
        }

        if (found.Count == 0)
        {
            context.Error.WriteLine($"Nothing answers at {target}. {advice}");
            return ExitCodes.DoesNotHold;
        }

        if (found.Any(device => ScanConfig.IsKnown(device.Driver)))
        {
            context.Error.WriteLine("A configuration to start from:");
            context.Out.WriteLine(ScanConfig.Write(found));
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<SerialSettings> WithEachParity(int baudRate)
    {
        if (baudRate is < 300 or > 921_600)
        {
            throw CommandFailure.BadUsage($"--baud {baudRate}: 300 to 921600.");
        }

        SerialParity[] parities = [SerialParity.None, SerialParity.Even, SerialParity.Odd];
        return parities.Select(parity => new SerialSettings { BaudRate = baudRate, Parity = parity });
    }
}
