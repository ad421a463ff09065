using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecs;

/// <summary>
/// The settings of a task definition except its images, hashed: they are compared and never shown, since variables may
/// be secrets.
/// </summary>
internal static class TaskSettings
{
    private const string Containers = "containerDefinitions";

    // Properties of the registration itself (Amazon ECS API reference, TaskDefinition).
    private static readonly HashSet<string> OfRegistration = new(StringComparer.Ordinal)
    {
        "taskDefinitionArn",
        "family",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "registeredBy",
        "deregisteredAt",
        "deleteRequestedAt",
        Containers,
    };

    /// <summary>
    /// A hash of each setting, by its name in messages: <c>cpu</c>, <c>environment LOG_LEVEL of web</c>.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(JsonElement definition)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in definition.EnumerateObject().Where(each => !OfRegistration.Contains(each.Name)))
        {
            Add(settings, member.Name, member.Value);
        }

        foreach (var container in AwsJson.Items(definition, Containers))
        {
            var name = AwsJson.Text(container, "name");
            foreach (var member in container.EnumerateObject().Where(each => each.Name is not ("name" or "image")))
            {
                if (member.Name is not ("environment" or "secrets"))
                {
                    Add(settings, $"{member.Name} of {name}", member.Value);
                    continue;
                }

                foreach (var variable in AwsJson.Items(container, member.Name))
                {
                    Add(settings, $"{member.Name} {AwsJson.Text(variable, "name")} of {name}", variable);
                }
            }
        }

        return settings;
    }

    /// <summary>
    /// Adds a setting in a comparable form: ECS may omit empty lists, and returns lists of objects in any order.
    /// </summary>
    private static void Add(Dictionary<string, string> settings, string name, JsonElement value)
    {
        var text =
            value.ValueKind != JsonValueKind.Array ? value.GetRawText()
            : value.EnumerateArray().All(each => each.ValueKind == JsonValueKind.Object)
                ? string.Concat(value.EnumerateArray().Select(each => each.GetRawText()).Order(StringComparer.Ordinal))
            : value.GetRawText();
        if (text is not ("" or "{}" or "null"))
        {
            settings[name] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }
}
