using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>What the operations on a repository's policy share.</summary>
internal static class RepositoryPolicy
{
    public static Action<Utf8JsonWriter> Answer(EcrCall call, ServedRepository repository, string text) =>
        json =>
        {
            call.WriteRepository(json, repository.Name);
            json.WriteString("policyText", text);
        };

    public static EcrException NotFound(ServedRepository repository) =>
        new(
            "RepositoryPolicyNotFoundException",
            $"Repository policy does not exist for the repository with name '{repository.Name}' in the registry with id '{repository.Account}'"
        );

    /// <exception cref="EcrException">The text is not a JSON object with statements.</exception>
    public static void Require(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("Statement", out _)
            )
            {
                return;
            }
        }
        catch (JsonException)
        {
            // Refused below.
        }

        throw EcrException.Invalid("PolicyText", "Invalid repository policy provided");
    }
}
