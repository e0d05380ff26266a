using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>TranslateBrowsePathsToNodeIds (OPC 10000-4 §5.8.4).</summary>
internal static class BrowsePathServices
{
    public static StatusCode? Translate(in ServiceCall call)
    {
        UaFault fault = TranslateBrowsePathsRequest.TryRead(call.Message, out TranslateBrowsePathsRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        if (request.Paths.Count == 0 || request.Paths.Count > call.Core.Limits.NodesPerTranslateMax)
        {
            return request.Paths.Count == 0 ? StatusCodes.BadNothingToDo : StatusCodes.BadTooManyOperations;
        }
        AddressSpace space = call.Core.Space;
        var results = new BrowsePathResult[request.Paths.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Follow(space, request.Paths[i]);
        }
        new TranslateBrowsePathsResponse(call.Answer(), results).Write(call.Response);
        return StatusCodes.Good;
    }

    private static BrowsePathResult Follow(AddressSpace space, BrowsePath path)
    {
        if (!space.TryFind(path.Start, out UaNode? start))
        {
            return new BrowsePathResult(StatusCodes.BadNodeIdUnknown, []);
        }
        if (path.Elements is not { Length: > 0 } elements)
        {
            return new BrowsePathResult(StatusCodes.BadNothingToDo, []);
        }
        List<UaNode> nodes = [start];
        for (int i = 0; i < elements.Length; i++)
        {
            RelativePathElement element = elements[i];
            if (element.TargetName.Name is null && i < elements.Length - 1)
            {
                return new BrowsePathResult(StatusCodes.BadBrowseNameInvalid, []);
            }
            nodes = [.. nodes.SelectMany(node => node.References).Where(reference => IsStep(space, reference, element)).Select(reference => reference.Target).Distinct()];
        }
        return nodes.Count == 0
            ? new BrowsePathResult(StatusCodes.BadNoMatch, [])
            : new BrowsePathResult(StatusCodes.Good, [.. nodes.Select(node => new BrowsePathTarget(new ExpandedNodeId(node.Id), BrowsePathTarget.Complete))]);
    }

    private static bool IsStep(AddressSpace space, UaReference reference, RelativePathElement element) =>
        reference.IsForward != element.IsInverse
        && (element.TargetName.Name is null || reference.Target.BrowseName == element.TargetName)
        && (element.ReferenceType.IsNull || reference.Type == element.ReferenceType
            || (element.IncludesSubtypes && space.IsSubtype(reference.Type, element.ReferenceType)));
}
