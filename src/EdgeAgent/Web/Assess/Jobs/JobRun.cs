namespace EdgeAgent.Web.Assess.Jobs;

/// <summary>A job while it runs: where it writes, how far it is, and whether it is to end.</summary>
internal sealed class JobRun(string id, string folder, IReadOnlyList<string> steps, CancellationToken cancellation)
{
    private int _step;

    public string Id => id;

    /// <summary>Its own folder, removed with it.</summary>
    public string Folder => folder;

    public CancellationToken Cancellation => cancellation;

    public int Step => Volatile.Read(ref _step);

    /// <summary>A step begins.</summary>
    /// <exception cref="OperationCanceledException">Somebody asked the job to end.</exception>
    public void Begin(string step)
    {
        cancellation.ThrowIfCancellationRequested();
        Volatile.Write(ref _step, Math.Max(0, steps.ToList().IndexOf(step)));
    }
}
