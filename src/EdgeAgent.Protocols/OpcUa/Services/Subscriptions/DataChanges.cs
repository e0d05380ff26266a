using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>
/// Walks the values of a notification message in place (DataChangeNotification and StatusChangeNotification, OPC 10000-4 §7.25):
/// nothing is allocated for numbers, times and status codes. Notifications of other kinds are passed over and counted.
/// </summary>
internal ref struct DataChanges
{
    // A handle and the mask of an absent value.
    private const int ItemBytesMin = 5;

    private UaReader _notifications;
    private UaReader _items;
    private int _notificationsLeft;
    private int _itemsLeft;

    public DataChanges(ReadOnlySpan<byte> notifications, int count)
    {
        _notifications = new UaReader(notifications, UaDecodeLimits.Default);
        _notificationsLeft = count;
    }

    /// <summary>The first fault; values before it were right.</summary>
    public UaFault Fault { get; private set; }

    /// <summary>The status that the subscription itself changed to, when the message says so; it ends the subscription when it is bad.</summary>
    public StatusCode? StatusChange { get; private set; }

    /// <summary>Notifications that are neither data nor status changes.</summary>
    public int Unknown { get; private set; }

    /// <summary>The next value; false at the end or at a fault.</summary>
    public bool TryNext(out uint clientHandle, out DataValue value)
    {
        while (_itemsLeft == 0)
        {
            if (Fault != UaFault.None || !TryEnterNext())
            {
                clientHandle = 0;
                value = default;
                return false;
            }
        }
        _itemsLeft--;
        clientHandle = _items.ReadUInt32();
        value = _items.ReadDataValue();
        bool isRead = _items.IsGood;
        if (!isRead)
        {
            Fault = _items.Fault;
            _itemsLeft = 0;
        }
        else if (_itemsLeft == 0)
        {
            ResponseTail.Skip(ref _items);
            Fault = _items.End();
        }
        return isRead;
    }

    // Enters the next notification that may have values; false when there is none left.
    private bool TryEnterNext()
    {
        if (_notificationsLeft == 0)
        {
            return false;
        }
        _notificationsLeft--;
        NodeId type = _notifications.ReadExtension(out ExtensionEncoding encoding, out ReadOnlySpan<byte> body, out bool hasBody);
        bool isReadable = encoding == ExtensionEncoding.Binary && hasBody && type.NamespaceIndex == 0 && type.Kind == NodeIdKind.Numeric;
        if (isReadable && type.Number == ServiceIds.DataChangeNotification)
        {
            EnterItems(body);
        }
        else if (isReadable && type.Number == ServiceIds.StatusChangeNotification)
        {
            var status = new UaReader(body, UaDecodeLimits.Default);
            StatusCode code = status.ReadStatusCode();
            status.ReadDiagnosticInfo();
            Fault = status.End();
            StatusChange = Fault == UaFault.None ? code : StatusChange;
        }
        else
        {
            Unknown++;
        }
        return true;
    }

    private void EnterItems(ReadOnlySpan<byte> body)
    {
        _items = new UaReader(body, UaDecodeLimits.Default);
        _itemsLeft = Math.Max(_items.ReadArrayLength(ItemBytesMin), 0);
        if (_itemsLeft == 0)
        {
            ResponseTail.Skip(ref _items);
            Fault = _items.End();
        }
    }
}
