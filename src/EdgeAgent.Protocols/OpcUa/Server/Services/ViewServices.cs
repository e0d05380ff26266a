using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Browse and BrowseNext (OPC 10000-4 §5.8).</summary>
internal static class ViewServices
{
    public static StatusCode? Browse(in ServiceCall call)
    {
        UaFault fault = BrowseRequest.TryRead(call.Message, out BrowseRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (request.Targets.Count == 0 || request.Targets.Count > call.Core.Limits.NodesPerBrowseMax)
        {
            return request.Targets.Count == 0 ? StatusCodes.BadNothingToDo : StatusCodes.BadTooManyOperations;
        }
        int countMax = call.Core.Limits.ReferencesPerNodeMax;
        if (request.ReferencesPerNodeMax > 0)
        {
            countMax = (int)Math.Min(request.ReferencesPerNodeMax, (uint)countMax);
        }
        var results = new BrowseResult[request.Targets.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Browse(call, request.Targets[i], countMax);
        }
        new BrowseResponse(call.Answer(), results).Write(call.Response, ServiceIds.BrowseResponse);
        return StatusCodes.Good;
    }

    public static StatusCode? BrowseNext(in ServiceCall call)
    {
        UaFault fault = BrowseNextRequest.TryRead(call.Message, out BrowseNextRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (request.ContinuationPoints.Count == 0)
        {
            return StatusCodes.BadNothingToDo;
        }
        var results = new BrowseResult[request.ContinuationPoints.Count];
        for (int i = 0; i < results.Length; i++)
        {
            bool isKnown = call.Session.Browsing.TryTake(request.ContinuationPoints[i], out BrowseRest? rest);
            results[i] = request.ReleasesPoints ? new BrowseResult(StatusCodes.Good, null, null)
                : isKnown ? Part(call.Session, call.Core, rest!)
                : new BrowseResult(StatusCodes.BadContinuationPointInvalid, null, null);
        }
        new BrowseResponse(call.Answer(), results).Write(call.Response, ServiceIds.BrowseNextResponse);
        return StatusCodes.Good;
    }

    private static BrowseResult Browse(in ServiceCall call, in BrowseTarget target, int countMax)
    {
        AddressSpace space = call.Core.Space;
        if (!space.TryFind(target.NodeId, out UaNode? node))
        {
            return new BrowseResult(StatusCodes.BadNodeIdUnknown, null, null);
        }
        if (target.Direction is < BrowseDirection.Forward or > BrowseDirection.Both)
        {
            return new BrowseResult(StatusCodes.BadBrowseDirectionInvalid, null, null);
        }
        if (!target.ReferenceType.IsNull && !(space.TryFind(target.ReferenceType, out UaNode? type) && type.Class == UaNodeClass.ReferenceType))
        {
            return new BrowseResult(StatusCodes.BadReferenceTypeIdInvalid, null, null);
        }
        return Part(call.Session, call.Core, new BrowseRest([.. References(space, node, target)], 0, countMax));
    }

    private static BrowseResult Part(ServerSession session, ServerCore core, BrowseRest rest)
    {
        int count = Math.Min(rest.CountMax, rest.References.Length - rest.Next);
        ReferenceDescription[] part = rest.References[rest.Next..(rest.Next + count)];
        if (rest.Next + count == rest.References.Length)
        {
            return new BrowseResult(StatusCodes.Good, null, part);
        }
        return session.Browsing.Count >= core.Limits.ContinuationPointsMax
            ? new BrowseResult(StatusCodes.BadNoContinuationPoints, null, null)
            : new BrowseResult(StatusCodes.Good, session.Browsing.Keep(rest with { Next = rest.Next + count }), part);
    }

    private static IEnumerable<ReferenceDescription> References(AddressSpace space, UaNode node, BrowseTarget target)
    {
        foreach (UaReference reference in node.References)
        {
            bool isDirection = target.Direction == BrowseDirection.Both || reference.IsForward == (target.Direction == BrowseDirection.Forward);
            if (isDirection && IsWanted(space, reference.Type, reference.Target.Class, target))
            {
                yield return Describe(reference.Type, reference.IsForward, reference.Target);
            }
        }
        var definition = new NodeId(WellKnownNodes.HasTypeDefinition);
        if (target.Direction != BrowseDirection.Inverse && space.TryFind(node.TypeDefinition, out UaNode? type) && IsWanted(space, definition, type.Class, target))
        {
            yield return Describe(definition, true, type);
        }
    }

    private static bool IsWanted(AddressSpace space, NodeId type, UaNodeClass nodeClass, in BrowseTarget target) =>
        (target.NodeClasses == 0 || (target.NodeClasses & (uint)nodeClass) != 0)
        && (target.ReferenceType.IsNull || type == target.ReferenceType || (target.IncludesSubtypes && space.IsSubtype(type, target.ReferenceType)));

    private static ReferenceDescription Describe(NodeId type, bool isForward, UaNode node) => new(
        type, isForward, new ExpandedNodeId(node.Id), node.BrowseName, new LocalizedText("", node.BrowseName.Name), (int)node.Class, new ExpandedNodeId(node.TypeDefinition));
}
