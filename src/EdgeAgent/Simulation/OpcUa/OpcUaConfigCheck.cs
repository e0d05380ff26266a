using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>Checks the OPC UA servers of a simulation file.</summary>
internal static class OpcUaConfigCheck
{
    public const int CountersMax = 200_000;

    // Below it, timers of the system are no longer exact.
    private const int IntervalMsMin = 10;

    public static void Check(SimulatedOpcUaConfig config, ConfigPath path, ConfigErrors errors)
    {
        if (!ListenAddress.TryParse(config.Listen, out _))
        {
            errors.Add(path.Member("listen"), $"'{config.Listen}' is not an address to listen on", ListenAddress.Expected, "");
        }

        CheckNumber(config.Counters, 0, CountersMax, path.Member("counters"), errors);
        CheckNumber(config.CounterIntervalMs, IntervalMsMin, int.MaxValue, path.Member("counterIntervalMs"), errors);
        CheckNumber(config.HistoryValues, 0, int.MaxValue, path.Member("historyValues"), errors);
        CheckNumber(config.HistoryIntervalMs, IntervalMsMin, int.MaxValue, path.Member("historyIntervalMs"), errors);
        CheckMachines(config, path.Member("machines"), errors);
        for (int i = 0; i < config.Security.Count; i++)
        {
            CheckName(config.Security[i], "security policy", SimulatedSecurity.Names, path.Member("security").Index(i), errors);
        }

        if (!config.Anonymous && config.Users.Count == 0)
        {
            errors.Add(path.Member("users"), "nobody may log in", "a user, or \"anonymous\": true", "");
        }

        for (int i = 0; i < config.Faults.Count; i++)
        {
            CheckFault(config.Faults[i], path.Member("faults").Index(i), errors);
        }
    }

    private static void CheckMachines(SimulatedOpcUaConfig config, ConfigPath path, ConfigErrors errors)
    {
        HashSet<string> seen = [];
        for (int i = 0; i < config.Machines.Count; i++)
        {
            SimulatedOpcUaMachineConfig machine = config.Machines[i];
            if (!seen.Add(machine.Name))
            {
                errors.Add(path.Index(i).Member("name"), $"'{machine.Name}' is there twice", "each name once", "");
            }

            CheckName(machine.Machine, "machine", [.. MachineProfile.All.Select(profile => profile.Kind)], path.Index(i).Member("machine"), errors);
        }
    }

    private static void CheckFault(SimulatedFaultConfig fault, ConfigPath path, ConfigErrors errors)
    {
        CheckName(fault.Kind, "fault", FaultSchedule.Kinds, path.Member("kind"), errors);
        CheckNumber(fault.AfterMs, 0, int.MaxValue, path.Member("afterMs"), errors);
        CheckNumber(fault.EveryMs, 0, int.MaxValue, path.Member("everyMs"), errors);
        CheckNumber(fault.ForMs, 0, FaultSchedule.Lasts(fault.Kind) ? int.MaxValue : 0, path.Member("forMs"), errors);
        CheckNumber(fault.Amount, 0, int.MaxValue, path.Member("amount"), errors);
    }

    private static void CheckName(string name, string what, IReadOnlyCollection<string> known, ConfigPath path, ConfigErrors errors)
    {
        if (!known.Contains(name))
        {
            errors.Add(path, $"there is no {what} '{name}'", $"one of {string.Join(", ", known)}", "");
        }
    }

    private static void CheckNumber(int number, int least, int most, ConfigPath path, ConfigErrors errors)
    {
        if (number < least || number > most)
        {
            errors.Add(path, $"{number}", most == int.MaxValue ? $"at least {least}" : $"{least} to {most}", "");
        }
    }
}
