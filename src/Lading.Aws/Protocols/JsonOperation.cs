using System.Text.Json;

namespace Lading.Aws.Protocols;

/// <summary>
/// An operation of the protocols "AWS JSON 1.0" and "1.1": every request is a POST of a JSON object, with the
/// operation's name in a header.
/// </summary>
internal abstract record JsonOperation<T>(AwsService Service) : IAwsOperation<T>
{
    public virtual string Name => GetType().Name;

    public abstract string Attempted { get; }

    public virtual IReadOnlyCollection<string> Expected => [];

    public AwsRequest CreateRequest() =>
        new(HttpMethod.Post, "/", $"application/x-amz-json-{Service.JsonVersion}", JsonBody.Of(Write))
        {
            Target = $"{Service.TargetPrefix}.{Name}",
        };

    public T Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, $"{Service} answered {Name}", Read);

    /// <summary>Writes the members of the request.</summary>
    protected abstract void Write(Utf8JsonWriter json);

    /// <summary>Reads the response.</summary>
    protected abstract T Read(JsonElement answer);
}
