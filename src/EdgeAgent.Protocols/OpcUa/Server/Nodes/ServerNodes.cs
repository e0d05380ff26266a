using Ids = EdgeAgent.Protocols.OpcUa.Server.WellKnownNodes;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The object Server (OPC 10000-5 §8.3.2): who it is, how it is, and what it can.</summary>
internal static class ServerNodes
{
    public static void AddTo(AddressSpace space, OpcUaServerOptions options, DateTime startedUtc)
    {
        UaNode server = Object(space, space.Objects, Ids.Organizes, Ids.Server, "Server", Ids.ServerType);
        Property(space, server, Ids.ServerArray, "ServerArray", Variant.FromArray<string>([options.ApplicationUri]), rank: 1);
        Property(space, server, Ids.NamespaceArray, "NamespaceArray", Variant.FromArray<string>([.. space.Namespaces]), rank: 1);
        Property(space, server, Ids.ServiceLevel, "ServiceLevel", Variant.From((byte)255));
        Property(space, server, Ids.Auditing, "Auditing", Variant.From(false));
        AddStatus(space, server, options, startedUtc);
        AddCapabilities(space, server, options.Limits);
        UaNode redundancy = Object(space, server, Ids.HasComponent, Ids.ServerRedundancy, "ServerRedundancy", Ids.ServerRedundancyType);
        Property(space, redundancy, Ids.ServerRedundancySupport, "RedundancySupport", Variant.From(0), Ids.RedundancySupport);
        UaNode history = Object(space, server, Ids.HasComponent, Ids.HistoryServerCapabilities, "HistoryServerCapabilities", Ids.HistoryServerCapabilitiesType);
        Property(space, history, Ids.AccessHistoryDataCapability, "AccessHistoryDataCapability", Variant.From(space.Historized.Count > 0));
    }

    private static void AddStatus(AddressSpace space, UaNode server, OpcUaServerOptions options, DateTime startedUtc)
    {
        UaNode status = Variable(space, server, Ids.ServerStatus, "ServerStatus", Ids.ServerStatusDataType,
            now => Variant.From(StandardStructures.ServerStatus(options, startedUtc, now)), Ids.ServerStatusType);
        Variable(space, status, Ids.StartTime, "StartTime", Ids.UtcTime, Always(Variant.From(startedUtc)));
        Variable(space, status, Ids.CurrentTime, "CurrentTime", Ids.UtcTime, static now => Variant.From(now));
        Variable(space, status, Ids.State, "State", Ids.ServerState, Always(Variant.From(0)));
        Variable(space, status, Ids.SecondsTillShutdown, "SecondsTillShutdown", (uint)BuiltInType.UInt32, Always(Variant.From(0u)));
        Variable(space, status, Ids.ShutdownReason, "ShutdownReason", (uint)BuiltInType.LocalizedText, Always(Variant.From(default(LocalizedText))));
        UaNode build = Variable(space, status, Ids.BuildInfo, "BuildInfo", Ids.BuildInfoDataType,
            Always(Variant.From(StandardStructures.BuildInfo(options, startedUtc))), Ids.BuildInfoType);
        const uint Text = (uint)BuiltInType.String;
        Variable(space, build, Ids.ProductUri, "ProductUri", Text, Always(Variant.From(options.ApplicationUri)));
        Variable(space, build, Ids.ManufacturerName, "ManufacturerName", Text, Always(Variant.From(options.ManufacturerName)));
        Variable(space, build, Ids.ProductName, "ProductName", Text, Always(Variant.From(options.ProductName)));
        Variable(space, build, Ids.SoftwareVersion, "SoftwareVersion", Text, Always(Variant.From(options.SoftwareVersion)));
        Variable(space, build, Ids.BuildNumber, "BuildNumber", Text, Always(Variant.From(options.SoftwareVersion)));
        Variable(space, build, Ids.BuildDate, "BuildDate", Ids.UtcTime, Always(Variant.From(startedUtc)));
    }

    private static void AddCapabilities(AddressSpace space, UaNode server, OpcUaServerLimits limits)
    {
        UaNode capabilities = Object(space, server, Ids.HasComponent, Ids.ServerCapabilities, "ServerCapabilities", Ids.ServerCapabilitiesType);
        Property(space, capabilities, Ids.ServerProfileArray, "ServerProfileArray", Variant.FromArray<string>([]), rank: 1);
        Property(space, capabilities, Ids.LocaleIdArray, "LocaleIdArray", Variant.FromArray<string>(["en"]), Ids.LocaleId, rank: 1);
        Property(space, capabilities, Ids.MinSupportedSampleRate, "MinSupportedSampleRate", Variant.From(limits.SamplingIntervalMsMin), Ids.Duration);
        Property(space, capabilities, Ids.MaxBrowseContinuationPoints, "MaxBrowseContinuationPoints", Variant.From((ushort)limits.ContinuationPointsMax));
        Property(space, capabilities, Ids.MaxQueryContinuationPoints, "MaxQueryContinuationPoints", Variant.From((ushort)0));
        Property(space, capabilities, Ids.MaxHistoryContinuationPoints, "MaxHistoryContinuationPoints", Variant.From((ushort)limits.ContinuationPointsMax));
        UaNode operation = Object(space, capabilities, Ids.HasComponent, Ids.OperationLimits, "OperationLimits", Ids.OperationLimitsType);
        Property(space, operation, Ids.MaxNodesPerRead, "MaxNodesPerRead", Variant.From((uint)limits.NodesPerReadMax));
        Property(space, operation, Ids.MaxNodesPerHistoryReadData, "MaxNodesPerHistoryReadData", Variant.From((uint)limits.NodesPerHistoryReadMax));
        Property(space, operation, Ids.MaxNodesPerBrowse, "MaxNodesPerBrowse", Variant.From((uint)limits.NodesPerBrowseMax));
        Property(space, operation, Ids.MaxNodesPerTranslate, "MaxNodesPerTranslateBrowsePathsToNodeIds", Variant.From((uint)limits.NodesPerTranslateMax));
        Property(space, operation, Ids.MaxMonitoredItemsPerCall, "MaxMonitoredItemsPerCall", Variant.From((uint)limits.MonitoredItemsPerCallMax));
    }

    private static UaNode Object(AddressSpace space, UaNode parent, uint reference, uint id, string name, uint type) =>
        space.Add(parent, reference, new UaNode(new NodeId(id), UaNodeClass.Object, name, new NodeId(type)));

    private static void Property(AddressSpace space, UaNode parent, uint id, string name, Variant value, uint dataType = 0, int rank = -1)
    {
        DataValue data = new(value);
        space.Add(parent, Ids.HasProperty, new UaVariable(
            new NodeId(id), name, new NodeId(dataType == 0 ? (uint)value.Type : dataType), _ => data, new NodeId(Ids.PropertyType)) { ValueRank = rank });
    }

    private static UaVariable Variable(AddressSpace space, UaNode parent, uint id, string name, uint dataType, Func<DateTime, Variant> value, uint type = 0) =>
        space.Add(parent, Ids.HasComponent, new UaVariable(
            new NodeId(id), name, new NodeId(dataType), now => new DataValue(value(now)), type == 0 ? default : new NodeId(type)));

    private static Func<DateTime, Variant> Always(Variant value) => _ => value;
}
