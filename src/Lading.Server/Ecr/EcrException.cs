using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr;

/// <summary>A refusal with an error of the ECR API (API reference, "Errors" of each operation).</summary>
internal sealed class EcrException(string code, string message, Action<Utf8JsonWriter>? members = null)
    : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The error's other members; null for none.</summary>
    public Action<Utf8JsonWriter>? Members { get; } = members;

    public static EcrException Invalid(string name, string constraint) =>
        new("InvalidParameterException", $"Invalid parameter at '{name}' failed to satisfy constraint: '{constraint}'");

    public static EcrException Invalid(string message) => new("InvalidParameterException", message);

    public static EcrException Unreadable(string message) => new("SerializationException", message);

    public static EcrException RepositoryNotFound(RepositoryName name, string account) =>
        new(
            "RepositoryNotFoundException",
            $"The repository with name '{name}' does not exist in the registry with id '{account}'"
        );

    public static EcrException ImageNotFound(string imageId, ServedRepository repository) =>
        new(
            "ImageNotFoundException",
            $"The image with imageId {imageId} does not exist within the repository with name '{repository.Name}' in the registry with id '{repository.Account}'"
        );
}
