using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Lading.Aws.Protocols;

/// <summary>An operation of the protocol "AWS query": a POST of a form, with an XML response.</summary>
internal abstract record QueryOperation<T>(AwsService Service) : IAwsOperation<T>
{
    public virtual string Name => GetType().Name;

    public abstract string Attempted { get; }

    public virtual IReadOnlyCollection<string> Expected => [];

    public AwsRequest CreateRequest()
    {
        var form = new QueryForm().Add("Action", Name).Add("Version", Service.Version);
        Write(form);
        return new AwsRequest(
            HttpMethod.Post,
            "/",
            "application/x-www-form-urlencoded; charset=utf-8",
            Encoding.ASCII.GetBytes(form.ToString())
        );
    }

    /// <remarks>
    /// The result is in <c>&lt;Name&gt;Result</c> within <c>&lt;Name&gt;Response</c>; an operation without a result returns only the
    /// response.
    /// </remarks>
    public T Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            // From a stream, the reader detects the encoding; a document type is not allowed.
            using var reader = XmlReader.Create(
                new MemoryStream(body.ToArray()),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
            );
            var response = XDocument.Load(reader).Root!;
            return Read(new QueryAnswer(response).Find($"{Name}Result") ?? new QueryAnswer(response));
        }
        catch (Exception e) when (e is XmlException or KeyNotFoundException)
        {
            throw new FormatException($"{Service} answered {Name} with something else", e);
        }
    }

    /// <summary>Writes the parameters.</summary>
    protected virtual void Write(QueryForm form) { }

    /// <summary>Reads the result.</summary>
    protected abstract T Read(QueryAnswer result);
}
