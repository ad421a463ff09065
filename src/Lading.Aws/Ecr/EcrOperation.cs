using System.Text.Json;

namespace Lading.Aws.Ecr;

/// <summary>What the operations of ECR share: JSON in, JSON out, and the registry that is meant.</summary>
/// <param name="RegistryId">The account whose registry is meant.</param>
internal abstract record EcrOperation<T>(string RegistryId) : IAwsOperation<T>
{
    public AwsService Service => AwsService.Ecr;

    public string Name => GetType().Name;

    public abstract string Attempted { get; }

    public virtual IReadOnlyCollection<string> Expected => [];

    public byte[] Body()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (RegistryId.Length > 0)
            {
                json.WriteString("registryId", RegistryId);
            }

            Write(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    public T Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        try
        {
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException($"ECR answered {Name} with something else", e);
        }
    }

    /// <summary>Writes the members of the request.</summary>
    protected abstract void Write(Utf8JsonWriter json);

    /// <summary>Reads the answer.</summary>
    protected abstract T Read(JsonElement answer);
}
