using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.OpcUa;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent simulate</c>: machines that speak Modbus TCP or OPC UA, before the real ones are there.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The simulation file; see src/EdgeAgent/Simulation/README.md." };
        Command command = new("simulate", "Serve simulated machines over Modbus TCP and OPC UA until Ctrl-C.") { file };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetRequiredValue(file), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, CancellationToken cancellation)
    {
        if (SimulationFile.Load(file, out ConfigErrors errors) is not { } config)
        {
            ConfigReport.Write(context.Error, file, errors);
            return ExitCodes.BadUsage;
        }

        await using SimulatedPlant plant = await StartAsync(config, context.Time);
        foreach (SimulatedEndpointConfig endpoint in config.Endpoints)
        {
            string machines = string.Join(", ", endpoint.Units.Select(unit => $"unit {unit.UnitId} {unit.Machine}{(unit.Silent ? " (silent)" : "")}"));
            context.Out.WriteLine($"SIMULATED {endpoint.Name} on {plant.Endpoints[endpoint.Name]}: {machines}");
        }

        foreach (SimulatedOpcUaConfig server in config.OpcUa)
        {
            string machines = string.Join(", ", server.Machines.Select(machine => $"{machine.Name} {machine.Machine}").Append($"{server.Counters} counters"));
            context.Out.WriteLine($"SIMULATED {server.Name} on opc.tcp://{plant.Endpoints[server.Name]}: {machines}");
        }

        context.Out.WriteLine("Serving. Ctrl-C stops.");
        await context.Out.FlushAsync(cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        return ExitCodes.Done;
    }

    private static async Task<SimulatedPlant> StartAsync(SimulationConfig config, TimeProvider time)
    {
        try
        {
            return await SimulatedPlant.StartAsync(config, time);
        }
        catch (SocketException problem)
        {
            string listen = string.Join(", ", config.Endpoints.Select(endpoint => endpoint.Listen).Concat(config.OpcUa.Select(server => server.Listen)));
            throw CommandFailure.Failed($"Cannot listen on one of {listen}: {problem.Message}. Is another simulator running? Ports below 1024 need root.", problem);
        }
    }
}
