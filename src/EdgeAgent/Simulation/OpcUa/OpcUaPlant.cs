using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Server;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>The address space of a simulated server: machines, counters and types as its configuration wants them.</summary>
internal static class OpcUaPlant
{
    public const string ApplicationUri = "urn:edgeagent:simulator";

    /// <summary>The namespace of everything that is simulated.</summary>
    public const string PlantUri = "urn:edgeagent:simulator:plant";

    /// <param name="extraNamespaces">How many namespaces come before that of the plant and shift its index.</param>
    public static AddressSpace Build(SimulatedOpcUaConfig config, int extraNamespaces)
    {
        AddressSpace space = new(ApplicationUri);
        for (int i = 1; i <= extraNamespaces; i++)
        {
            space.AddNamespace($"urn:edgeagent:simulator:extra:{i}");
        }

        ushort index = space.AddNamespace(PlantUri);
        UaNode plant = space.AddFolder(space.Objects, new NodeId(index, "Plant"), "Plant");
        foreach (SimulatedOpcUaMachineConfig machine in config.Machines)
        {
            MachineProfile profile = MachineProfile.Find(machine.Machine) ?? throw new ArgumentException($"'{machine.Machine}' was not checked.", nameof(config));
            new MachineNodes(new SimulatedMachine(profile, machine.Seed)).AddTo(space, plant, index, machine.Name, config.HistoryValues);
        }

        if (config.Counters > 0)
        {
            CounterNodes.AddTo(space, index, config.Counters, TimeSpan.FromMilliseconds(config.CounterIntervalMs));
        }

        if (config.AllTypes)
        {
            TypeNodes.AddTo(space, index);
        }

        return space;
    }
}
