using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Guess;

/// <summary>Shows what the registers of Modbus tags would be under all types and byte orders, for <c>edgeagent read --guess</c>.</summary>
internal static class GuessReport
{
    /// <summary>Widest first: at the end of a table four registers may be too many.</summary>
    private static readonly int[] Widths = [8, 4, 2];

    /// <exception cref="CommandFailure">Nothing in the configuration can be guessed at.</exception>
    public static async Task<(string Text, bool AllRead)> MakeAsync(
        CommandContext context, AgentConfig agent, string? device, string? tag, CancellationToken cancellation)
    {
        (EndpointConfig Endpoint, DeviceConfig Device, TagConfig Tag)[] chosen = [.. Choose(agent, device, tag)];
        if (chosen.Length == 0)
        {
            throw CommandFailure.BadUsage($"There is no Modbus register {device ?? "*"}/{tag ?? "*"} whose byte order could be guessed.");
        }

        var text = new StringBuilder();
        bool allRead = true;
        foreach ((EndpointConfig endpoint, DeviceConfig of, TagConfig choice) in chosen)
        {
            TestReadResult? read = await ReadWidestAsync(context.Time, agent, endpoint, of, choice, cancellation);
            allRead &= read?.Value is not null;
            Write(text, of, choice, read);
        }

        return (text.ToString().TrimEnd(), allRead);
    }

    private static IEnumerable<(EndpointConfig, DeviceConfig, TagConfig)> Choose(AgentConfig agent, string? device, string? tag) =>
        from endpoint in agent.Endpoints
        where endpoint.Driver.StartsWith("modbus-", StringComparison.Ordinal)
        from of in endpoint.Devices
        where device is null || of.Name == device
        from choice in of.Tags
        where (tag is null || choice.Name == tag) && !IsBit(choice)
        select (endpoint, of, choice);

    /// <summary>Coils and discrete inputs have no order, in whichever way they are written.</summary>
    private static bool IsBit(TagConfig tag) =>
        tag.Address.StartsWith("co:", StringComparison.OrdinalIgnoreCase) || tag.Address.StartsWith("di:", StringComparison.OrdinalIgnoreCase)
        || tag.Address.StartsWith('0') || tag.Address.StartsWith('1');

    /// <summary>Reads the registers of a tag as they lie in the device: as many as fit into the widest type, fewer at the end of a table.</summary>
    public static async Task<TestReadResult?> ReadWidestAsync(
        TimeProvider time, AgentConfig agent, EndpointConfig endpoint, DeviceConfig device, TagConfig tag, CancellationToken cancellation)
    {
        TestReadResult? last = null;
        foreach (int width in Widths)
        {
            TagConfig raw = new() { Name = tag.Name, Address = tag.Address.Split('.')[0], Type = TagType.Bytes, Order = "AB", Length = width };
            AgentConfig alone = agent with { Endpoints = [endpoint with { Devices = [device with { Tags = [raw], TagFile = null }] }] };
            AgentServices services = new() { Loggers = NullLoggerFactory.Instance, Time = time };
            last = (await TestReader.ReadAsync(alone, services, null, null, cancellation)).Single();
            if (last.Quality.IsGood || last.Quality == Quality.BadTimeout || last.Quality == Quality.BadNotConnected)
            {
                return last;
            }
        }

        return last;
    }

    private static void Write(StringBuilder text, DeviceConfig device, TagConfig tag, TestReadResult? read)
    {
        text.AppendLine($"{device.Name}/{tag.Name} at {tag.Address}: {read?.Value ?? read?.Problem ?? "not read"}");
        if (read?.Value is not { } hexadecimal)
        {
            return;
        }

        double scale = tag.Scale is { } factor and not 0 ? factor : 1;
        (double? least, double? most) = (((tag.Min - (tag.Offset ?? 0)) / scale), ((tag.Max - (tag.Offset ?? 0)) / scale));
        foreach (RegisterGuess guess in RegisterGuess.All(Convert.FromHexString(hexadecimal), scale < 0 ? most : least, scale < 0 ? least : most))
        {
            text.AppendLine($"  {(guess.IsPlausible ? '*' : ' ')} {guess.Type,-8} {guess.Order,-5} {guess.Value}");
        }

        text.AppendLine("  * a machine could have such a value; compare with its display, and set type and order of the tag.");
    }
}
