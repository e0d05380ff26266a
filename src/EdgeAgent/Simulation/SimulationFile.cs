using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.Web;

namespace EdgeAgent.Simulation;

/// <summary>Reads and checks a simulation file.</summary>
internal static class SimulationFile
{
    public const string Counters = "counters";
    public const int RegistersMax = 65_536;

    public static SimulationConfig? Load(string file, out ConfigErrors errors)
    {
        errors = new ConfigErrors(file);
        try
        {
            SimulationConfig? config = JsonSerializer.Deserialize(File.ReadAllBytes(file), SimulationJson.Default.SimulationConfig);
            Check(config!, errors);
            return errors.Any ? null : config;
        }
        catch (JsonException problem)
        {
            errors.Add(new ConfigPath(problem.Path ?? "$"), problem.Message, "a simulation file", "compare it with the sample in configs/");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.Add(ConfigPath.Root, problem.Message, "a file that can be read", "");
        }

        return null;
    }

    private static void Check(SimulationConfig config, ConfigErrors errors)
    {
        ConfigPath endpoints = ConfigPath.Root.Member("endpoints");
        for (int i = 0; i < config.Endpoints.Count; i++)
        {
            SimulatedEndpointConfig endpoint = config.Endpoints[i];
            if (!ListenAddress.TryParse(endpoint.Listen, out _))
            {
                errors.Add(endpoints.Index(i).Member("listen"), $"'{endpoint.Listen}' is not an address to listen on", ListenAddress.Expected, "");
            }

            CheckUnits(endpoint, endpoints.Index(i).Member("units"), errors);
        }

        for (int i = 0; i < config.OpcUa.Count; i++)
        {
            OpcUaConfigCheck.Check(config.OpcUa[i], ConfigPath.Root.Member("opcUa").Index(i), errors);
        }

        if (config.Endpoints.Count + config.OpcUa.Count == 0)
        {
            errors.Add(ConfigPath.Root, "there is nothing to simulate", "\"endpoints\" (Modbus TCP) or \"opcUa\" with at least one entry", "");
        }
    }

    private static void CheckUnits(SimulatedEndpointConfig endpoint, ConfigPath path, ConfigErrors errors)
    {
        HashSet<byte> seen = [];
        for (int i = 0; i < endpoint.Units.Count; i++)
        {
            SimulatedUnitConfig unit = endpoint.Units[i];
            if (!seen.Add(unit.UnitId))
            {
                errors.Add(path.Index(i).Member("unitId"), $"unit {unit.UnitId} is there twice", "each unit once", "");
            }

            if (unit.Machine != Counters && MachineProfile.Find(unit.Machine) is null)
            {
                string known = string.Join(", ", MachineProfile.All.Select(profile => profile.Kind).Append(Counters));
                errors.Add(path.Index(i).Member("machine"), $"there is no machine '{unit.Machine}'", $"one of {known}", "");
            }

            if (unit.Registers is < 1 or > RegistersMax)
            {
                errors.Add(path.Index(i).Member("registers"), $"{unit.Registers} registers", $"1 to {RegistersMax}", "");
            }
        }
    }
}
