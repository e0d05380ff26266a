using System.Globalization;
using System.Text;
using System.Xml;

namespace EdgeAgent.Protocols.MtConnect;

/// <summary>Reads one document of an agent, element by element.</summary>
internal sealed class MtConnectDocument : IDisposable
{
    /// <summary>Components lie in one another, but not this deep.</summary>
    private const int DepthMax = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // Twice what an answer may have in bytes; nothing can grow without entities, this is a second bar.
        MaxCharactersInDocument = 128 << 20,
    };

    private readonly XmlReader _reader;
    private readonly StringBuilder _text = new();

    public MtConnectDocument(Stream stream) => _reader = XmlReader.Create(stream, Settings);

    public string Element => _reader.LocalName;

    public int Depth => _reader.Depth;

    /// <summary>Empty when it is not there.</summary>
    public string this[string attribute] => _reader.GetAttribute(attribute) ?? "";

    /// <summary>Goes to the next element.</summary>
    /// <exception cref="XmlException">Here the document is none.</exception>
    public bool NextElement()
    {
        while (_reader.Read())
        {
            if (_reader.Depth > DepthMax)
            {
                throw new XmlException($"more than {DepthMax} elements in one another");
            }

            if (_reader.NodeType == XmlNodeType.Element)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes to the root, which must be of the given name.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Enter(string root)
    {
        NextElement();
        if (Element == root)
        {
            return null;
        }

        if (Element != "MTConnectError")
        {
            return $"the answer is a '{Element}' document, not {root}: there is no MTConnect agent at this address";
        }

        while (NextElement())
        {
            if (Element == "Error")
            {
                string code = this["errorCode"];
                return $"the agent answers {code}: {Content()}";
            }
        }

        return "the agent answers with an error that it does not name";
    }

    public MtConnectHeader Header() => new(
        this["sender"], this["version"], this["instanceId"], Number("nextSequence"), this["testIndicator"] is "true" or "1", Number("firstSequence"), Number("lastSequence"));

    public long Number(string attribute) => long.TryParse(this[attribute], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;

    /// <summary>The text of the present element, entries of a data set as <c>key=value</c>; the reader is then on its end.</summary>
    public string Content()
    {
        if (_reader.IsEmptyElement)
        {
            return "";
        }

        _text.Clear();
        int depth = _reader.Depth;
        while (_reader.Read() && _reader.Depth > depth)
        {
            if (_reader.Depth > DepthMax)
            {
                throw new XmlException($"more than {DepthMax} elements in one another");
            }

            if (_reader.NodeType == XmlNodeType.Element)
            {
                _text.Append(_text.Length > 0 ? " " : "").Append(this["key"]).Append('=');
            }
            else if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                _text.Append(_reader.Value);
            }
        }

        return _text.ToString().Trim();
    }

    public void Dispose() => _reader.Dispose();
}
