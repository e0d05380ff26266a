using System.Collections.Concurrent;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;
using EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

namespace EdgeAgent.Protocols.Tests.OpcUa.Subscriptions;

/// <summary>A server behind the seam of the client, in memory: subscriptions with queues and kept messages, and switches to misbehave.</summary>
internal sealed class ModelServer(TimeProvider time) : IUaServiceChannel
{
    private sealed record Waiting(IUaExchange Exchange, TaskCompletionSource<StatusCode> Done, Acknowledgement[] Acknowledgements);

    private static readonly ResponseHeader s_good = new(default, 1, StatusCodes.Good);

    private readonly Lock _gate = new();
    private readonly List<Waiting> _publishes = [];
    private readonly List<Waiting> _swallowed = [];
    private readonly List<IUaSessionObserver> _observers = [];
    private uint _lastId;

    public int ConnectionNumber { get; private set; } = 1;

    public int SessionNumber { get; private set; } = 1;

    public bool IsUp { get; private set; } = true;

    public ConcurrentDictionary<uint, ModelSubscription> Subscriptions { get; } = [];

    /// <summary>Answers a service with this instead of doing it.</summary>
    public Dictionary<uint, StatusCode> Refusals { get; } = [];

    /// <summary>The client handles of items that are refused, and how.</summary>
    public Dictionary<uint, StatusCode> RefusedItems { get; } = [];

    public int ItemsPerCallMax { get; set; } = int.MaxValue;

    public int PublishesMax { get; set; } = 100;

    /// <summary>Messages are made and kept, but the responses that bring them get lost.</summary>
    public bool SwallowsResponses { get; set; }

    public int Distrusts { get; private set; }

    public List<uint> Requests { get; } = [];

    public int Publishes
    {
        get
        {
            lock (_gate)
            {
                return _publishes.Count;
            }
        }
    }

    public ModelSubscription Only => Subscriptions.Values.Single();

    public int Count(uint service)
    {
        lock (_gate)
        {
            return Requests.Count(id => id == service);
        }
    }

    public void Observe(IUaSessionObserver observer) => _observers.Add(observer);

    public void Unobserve(IUaSessionObserver observer) => _observers.Remove(observer);

    public ValueTask<StatusCode> CallAsync<TExchange>(TExchange exchange, TimeSpan timeout, CancellationToken cancellation)
        where TExchange : class, IUaExchange
    {
        var request = new UaBuffer();
        var response = new UaBuffer();
        var done = new TaskCompletionSource<StatusCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!IsUp)
            {
                return new(StatusCodes.BadNotConnected);
            }
            exchange.WriteRequest(request, new RequestHeader(default, time.GetUtcNow().UtcDateTime, 1, 1000));
            var head = new UaReader(request.WrittenSpan, UaDecodeLimits.Default);
            uint service = head.ReadNodeId().Number;
            Requests.Add(service);
            if (Refusals.TryGetValue(service, out StatusCode refusal))
            {
                new ResponseHeader(default, 1, refusal).Write(response, ServiceIds.ServiceFault);
            }
            else if (service == ServiceIds.PublishRequest)
            {
                StatusCode status = TakePublish(exchange, request.WrittenSpan, done);
                if (!status.IsBad)
                {
                    return new(done.Task);
                }
                new ResponseHeader(default, 1, status).Write(response, ServiceIds.ServiceFault);
            }
            else
            {
                Serve(service, request.WrittenSpan, response);
            }
        }
        return new(Task.Run(() => exchange.ReadResponse(response.WrittenSpan)));
    }

    /// <summary>A value of an item changes; the server keeps it for the next message.</summary>
    public void Change(int item, Variant value, StatusCode status = default, DateTime? source = null)
    {
        lock (_gate)
        {
            foreach (ModelSubscription subscription in Subscriptions.Values)
            {
                if (subscription.Items.Any(i => i.Parameters.ClientHandle == (uint)item))
                {
                    subscription.Waiting.Add(new ItemValue((uint)item, new DataValue(value, status, source ?? time.GetUtcNow().UtcDateTime)));
                }
            }
        }
    }

    /// <summary>Publishes what waits, or a keep-alive, if the client has left a request.</summary>
    public bool Publish(ModelSubscription subscription, bool hasMore = false, StatusCode? statusChange = null, uint? number = null, DateTime? publishedAt = null)
    {
        Waiting waiting;
        var response = new UaBuffer();
        bool swallows;
        lock (_gate)
        {
            if (_publishes.Count == 0 || !IsUp)
            {
                return false;
            }
            waiting = _publishes[0];
            _publishes.RemoveAt(0);
            swallows = SwallowsResponses;
            bool isKeepAlive = subscription.Waiting.Count == 0 && statusChange is null;
            uint own = number ?? subscription.NextNumber;
            if (!isKeepAlive)
            {
                subscription.Kept[own] = [.. subscription.Waiting];
                subscription.NextNumber = own + 1;
            }
            var writer = PublishResponseWriter.Begin(
                response, s_good, subscription.Id, [.. subscription.Kept.Keys], hasMore, own, publishedAt ?? time.GetUtcNow().UtcDateTime);
            if (subscription.Waiting.Count > 0)
            {
                writer.WriteChanges([.. subscription.Waiting]);
            }
            if (statusChange is { } status)
            {
                // A server that says so has ended it.
                writer.WriteStatusChange(status);
                Subscriptions.TryRemove(subscription.Id, out _);
            }
            writer.End([]);
            subscription.Waiting.Clear();
        }
        if (!swallows)
        {
            waiting.Done.TrySetResult(waiting.Exchange.ReadResponse(response.WrittenSpan));
            return true;
        }
        lock (_gate)
        {
            _swallowed.Add(waiting);
        }
        return true;
    }

    /// <summary>Ends every request with the client with a status, such as one that the server would give.</summary>
    public void FailPublishes(StatusCode status)
    {
        foreach (Waiting waiting in TakePublishes())
        {
            var response = new UaBuffer();
            new ResponseHeader(default, 1, status).Write(response, ServiceIds.ServiceFault);
            waiting.Done.TrySetResult(waiting.Exchange.ReadResponse(response.WrittenSpan));
        }
    }

    public void Disconnect()
    {
        IsUp = false;
        foreach (Waiting waiting in TakePublishes())
        {
            waiting.Done.TrySetResult(StatusCodes.BadConnectionClosed);
        }
        _observers.ForEach(observer => observer.ConnectionLost(ConnectionNumber, StatusCodes.BadConnectionClosed));
    }

    public void Continue()
    {
        IsUp = true;
        ConnectionNumber++;
        _observers.ForEach(observer => observer.SessionContinued(ConnectionNumber, SessionNumber));
    }

    public void NewSession()
    {
        IsUp = true;
        ConnectionNumber++;
        SessionNumber++;
        _observers.ForEach(observer => observer.SessionCreated(ConnectionNumber, SessionNumber));
    }

    public void Distrust(int connectionNumber, StatusCode status, string reason) => Distrusts++;

    private Waiting[] TakePublishes()
    {
        lock (_gate)
        {
            Waiting[] taken = [.. _publishes, .. _swallowed];
            _publishes.Clear();
            _swallowed.Clear();
            return taken;
        }
    }

    private StatusCode TakePublish(IUaExchange exchange, ReadOnlySpan<byte> request, TaskCompletionSource<StatusCode> done)
    {
        PublishRequest.TryRead(request, out _, out Acknowledgement[] acknowledgements);
        foreach (Acknowledgement item in acknowledgements)
        {
            if (Subscriptions.TryGetValue(item.SubscriptionId, out ModelSubscription? subscription))
            {
                subscription.Kept.Remove(item.SequenceNumber);
                subscription.Acknowledged.Add(item.SequenceNumber);
            }
        }
        if (!Subscriptions.Values.Any(s => s.Session == SessionNumber))
        {
            return StatusCodes.BadNoSubscription;
        }
        if (_publishes.Count >= PublishesMax)
        {
            return StatusCodes.BadTooManyPublishRequests;
        }
        _publishes.Add(new Waiting(exchange, done, acknowledgements));
        return StatusCodes.Good;
    }

    private void Serve(uint service, ReadOnlySpan<byte> request, UaBuffer response)
    {
        switch (service)
        {
            case ServiceIds.CreateSubscriptionRequest:
                CreateSubscriptionRequest.TryRead(request, out CreateSubscriptionRequest wanted);
                Subscriptions[++_lastId] = new ModelSubscription(_lastId, SessionNumber, wanted);
                new CreateSubscriptionResponse(s_good, _lastId, wanted.PublishingIntervalMs, wanted.LifetimeCount, wanted.KeepAliveCount).Write(response);
                break;
            case ServiceIds.CreateMonitoredItemsRequest:
                CreateMonitoredItemsRequest.TryRead(request, out CreateMonitoredItemsRequest items);
                CreateItems(items, response);
                break;
            case ServiceIds.RepublishRequest:
                RepublishRequest.TryRead(request, out RepublishRequest again);
                Republish(again, response);
                break;
            case ServiceIds.TransferSubscriptionsRequest:
                TransferSubscriptionsRequest.TryRead(request, out TransferSubscriptionsRequest transfer);
                Transfer(transfer, response);
                break;
            default:
                DeleteSubscriptionsRequest.TryRead(request, out DeleteSubscriptionsRequest delete);
                var results = delete.SubscriptionIds.Select(id => Subscriptions.TryRemove(id, out _) ? new StatusCode(0) : StatusCodes.BadSubscriptionIdInvalid);
                new StatusResultsResponse(s_good, [.. results]).Write(response, ServiceIds.DeleteSubscriptionsResponse);
                break;
        }
    }

    private void CreateItems(CreateMonitoredItemsRequest request, UaBuffer response)
    {
        if (request.Items.Count > ItemsPerCallMax)
        {
            new ResponseHeader(default, 1, StatusCodes.BadTooManyOperations).Write(response, ServiceIds.ServiceFault);
            return;
        }
        ModelSubscription subscription = Subscriptions[request.SubscriptionId];
        var results = new List<MonitoredItemCreationResult>();
        foreach (MonitoredItemCreation item in request.Items)
        {
            StatusCode status = RefusedItems.GetValueOrDefault(item.Parameters.ClientHandle);
            if (status.Value == StatusCodes.BadMonitoredItemFilterUnsupported && item.Parameters.Filter is null)
            {
                status = StatusCodes.Good;
            }
            if (!status.IsBad)
            {
                subscription.Items.Add(item);
            }
            results.Add(new MonitoredItemCreationResult(status, status.IsBad ? 0 : (uint)subscription.Items.Count, 250, item.Parameters.QueueSize));
        }
        new CreateMonitoredItemsResponse(s_good, [.. results]).Write(response);
    }

    private void Republish(RepublishRequest request, UaBuffer response)
    {
        if (!Subscriptions.TryGetValue(request.SubscriptionId, out ModelSubscription? subscription) || subscription.Session != SessionNumber)
        {
            new ResponseHeader(default, 1, StatusCodes.BadSubscriptionIdInvalid).Write(response, ServiceIds.ServiceFault);
        }
        else if (!subscription.Kept.TryGetValue(request.SequenceNumber, out ItemValue[]? values))
        {
            new ResponseHeader(default, 1, StatusCodes.BadMessageNotAvailable).Write(response, ServiceIds.ServiceFault);
        }
        else
        {
            var writer = PublishResponseWriter.BeginRepublish(response, s_good, request.SequenceNumber, time.GetUtcNow().UtcDateTime);
            writer.WriteChanges(values);
            writer.End([]);
        }
    }

    private void Transfer(TransferSubscriptionsRequest request, UaBuffer response)
    {
        var results = new List<TransferResult>();
        foreach (uint id in request.SubscriptionIds)
        {
            if (Subscriptions.TryGetValue(id, out ModelSubscription? subscription))
            {
                subscription.Session = SessionNumber;
                results.Add(new TransferResult(StatusCodes.Good, [.. subscription.Kept.Keys]));
            }
            else
            {
                results.Add(new TransferResult(StatusCodes.BadSubscriptionIdInvalid, []));
            }
        }
        new TransferSubscriptionsResponse(s_good, [.. results]).Write(response);
    }
}
