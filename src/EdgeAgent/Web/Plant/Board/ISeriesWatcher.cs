namespace EdgeAgent.Web.Plant.Board;

/// <summary>Sees each reading of a series as it is committed. Called under the board's lock: decide and return.</summary>
internal interface ISeriesWatcher
{
    void Committed(BoardSeries series);
}
