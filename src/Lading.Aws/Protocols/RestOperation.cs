using System.Text.Json;

namespace Lading.Aws.Protocols;

/// <summary>
/// An operation of the protocol "AWS REST JSON": method, path and query identify it, and the response is JSON.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its segments escaped, beginning with a slash.</param>
internal abstract record RestOperation<T>(AwsService Service, HttpMethod Method, string Path) : IAwsOperation<T>
{
    public virtual string Name => GetType().Name;

    public abstract string Attempted { get; }

    public virtual IReadOnlyCollection<string> Expected => [];

    public AwsRequest CreateRequest() =>
        new(Method, Path, HasBody ? "application/json" : null, HasBody ? JsonBody.Of(Write) : []) { Query = Query };

    public T Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, $"{Service} answered {Name}", Read);

    /// <summary>The query parameters, unescaped.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> Query => [];

    /// <summary>Whether a body is sent.</summary>
    protected virtual bool HasBody => false;

    /// <summary>Writes the members of the body.</summary>
    protected virtual void Write(Utf8JsonWriter json) { }

    /// <summary>Reads the response.</summary>
    protected abstract T Read(JsonElement answer);
}
