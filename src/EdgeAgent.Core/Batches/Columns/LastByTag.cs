namespace EdgeAgent.Core.Batches;

/// <summary>For each tag, the index of its newest reading so far in one batch. 4 bytes a tag, cleared in time proportional to the batch.</summary>
internal sealed class LastByTag
{
    // Index + 1, so that a fresh array means "none yet".
    private int[] _last = new int[1024];

    /// <summary>The index of the tag's reading before, or -1; remembers <paramref name="index"/> as the newest.</summary>
    public int Exchange(int tagId, int index)
    {
        if (tagId >= _last.Length)
        {
            Array.Resize(ref _last, Math.Max(tagId + 1, (int)Math.Min(_last.Length * 2L, Array.MaxLength)));
        }

        int before = _last[tagId] - 1;
        _last[tagId] = index + 1;
        return before;
    }

    public void Clear(ReadOnlySpan<Model.Reading> readings)
    {
        foreach (ref readonly Model.Reading reading in readings)
        {
            if ((uint)reading.TagId < (uint)_last.Length)
            {
                _last[reading.TagId] = 0;
            }
        }
    }
}
