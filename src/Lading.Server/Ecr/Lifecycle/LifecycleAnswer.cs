using System.Text.Json;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>What the operations on a lifecycle policy share.</summary>
internal static class LifecycleAnswer
{
    public static void Write(Utf8JsonWriter json, EcrCall call, ServedRepository repository, string text)
    {
        call.WriteRepository(json, repository.Name);
        json.WriteString(LifecycleText.Parameter, text);
    }

    public static EcrException NotFound(ServedRepository repository) =>
        new(
            "LifecyclePolicyNotFoundException",
            $"Lifecycle policy does not exist for the repository with name '{repository.Name}' in the registry with id '{repository.Account}'"
        );
}
