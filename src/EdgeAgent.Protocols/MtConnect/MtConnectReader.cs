using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Xml;

namespace EdgeAgent.Protocols.MtConnect;

/// <summary>Reads the documents of an MTConnect agent; never throws, whatever the bytes are.</summary>
public static class MtConnectReader
{
    /// <summary>Reads the answer to <c>probe</c>.</summary>
    /// <param name="problem">What is wrong, for people; empty when nothing is.</param>
    public static bool TryReadDevices(ReadOnlyMemory<byte> xml, [NotNullWhen(true)] out MtConnectModel? model, out string problem)
    {
        model = null;
        try
        {
            using var document = new MtConnectDocument(StreamOver(xml));
            problem = document.Enter("MTConnectDevices") ?? "";
            if (problem.Length > 0)
            {
                return false;
            }

            MtConnectHeader? header = null;
            var items = new List<MtConnectDataItem>();
            var devices = new List<MtConnectDevice>();
            var open = new Stack<(int Depth, string Name, string Id)>();
            string device = "", uuid = "";
            while (document.NextElement())
            {
                while (open.Count > 0 && open.Peek().Depth >= document.Depth)
                {
                    open.Pop();
                }

                switch (document.Element)
                {
                    case "Header":
                        header ??= document.Header();
                        break;
                    case "DataItem":
                        (_, string component, string componentId) = open.Count > 0 ? open.Peek() : default;
                        items.Add(new MtConnectDataItem(device, uuid, component ?? "", componentId ?? "", document["id"], document["name"], document["category"],
                            document["type"], document["subType"], document["units"]));
                        break;
                    case "Description" when open.Count == 1 && devices.Count > 0:
                        devices[^1] = devices[^1] with { Manufacturer = document["manufacturer"], Model = document["model"], SerialNumber = document["serialNumber"] };
                        break;
                    default:
                        if (document.Element is "Device" or "Agent" && open.Count == 0)
                        {
                            (device, uuid) = (document["name"], document["uuid"]);
                            devices.Add(new MtConnectDevice(device, uuid, "", "", ""));
                        }

                        if (document["id"] is { Length: > 0 } id)
                        {
                            open.Push((document.Depth, document["name"] is { Length: > 0 } name ? name : id, id));
                        }

                        break;
                }
            }

            problem = header is null ? "the document has no header" : "";
            model = header is null ? null : new MtConnectModel(header, items) { Devices = devices };
            return model is not null;
        }
        catch (XmlException e)
        {
            problem = TextOf(e);
            return false;
        }
    }

    /// <summary>Reads the answer to <c>current</c> or <c>sample</c>.</summary>
    /// <param name="observations">Cleared, then filled; of no use when the answer is false.</param>
    public static bool TryReadStreams(
        ReadOnlyMemory<byte> xml, List<MtConnectObservation> observations, [NotNullWhen(true)] out MtConnectHeader? header, out string problem)
    {
        header = null;
        observations.Clear();
        try
        {
            using var document = new MtConnectDocument(StreamOver(xml));
            problem = document.Enter("MTConnectStreams") ?? "";
            if (problem.Length > 0)
            {
                return false;
            }

            bool isCondition = false;
            while (document.NextElement())
            {
                switch (document.Element)
                {
                    case "Header":
                        header ??= document.Header();
                        break;
                    case "Samples" or "Events":
                        isCondition = false;
                        break;
                    case "Condition":
                        isCondition = true;
                        break;
                    default:
                        if (document["dataItemId"] is { Length: > 0 } id)
                        {
                            observations.Add(new MtConnectObservation(id, document.Number("sequence"), document["timestamp"], isCondition ? document.Element : "",
                                isCondition ? document["nativeCode"] : "", document.Content()));
                        }

                        break;
                }
            }

            problem = header is null ? "the document has no header" : "";
            return header is not null;
        }
        catch (XmlException e)
        {
            header = null;
            problem = TextOf(e);
            return false;
        }
    }

    private static string TextOf(XmlException e) => $"the answer is no MTConnect document: {e.Message}";

    private static MemoryStream StreamOver(ReadOnlyMemory<byte> xml) => MemoryMarshal.TryGetArray(xml, out ArraySegment<byte> bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream(xml.ToArray(), writable: false);
}
