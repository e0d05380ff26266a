namespace EdgeAgent.Collector.Buffer;

/// <summary>Disk space set apart in a file of its own: released when the disk is full, so that deletes can be written, and taken
/// again when there is room.</summary>
internal sealed class ReserveFile(string directory, int sizeBytes)
{
    private readonly string _path = Path.Combine(directory, "buffer.reserve");

    public bool IsHeld { get; private set; }

    /// <summary>Takes the space; false when there is not enough.</summary>
    public bool TryTake()
    {
        if (IsHeld || sizeBytes <= 0)
        {
            return true;
        }

        try
        {
            if (new FileInfo(_path) is { Exists: true } existing && existing.Length == sizeBytes)
            {
                IsHeld = true;
                return true;
            }

            Delete();
            using var file = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                PreallocationSize = sizeBytes,
            });
            file.SetLength(sizeBytes);
            IsHeld = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete();
        }

        return IsHeld;
    }

    public void Release()
    {
        Delete();
        IsHeld = false;
    }

    private void Delete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The medium is gone or read-only; then the reserve helps no one anyway.
        }
    }
}
