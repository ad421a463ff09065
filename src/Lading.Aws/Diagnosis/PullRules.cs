using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Aws.Iam;
using Lading.Diagnosis;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>Decides whether a role may pull, and writes the policy it lacks (IAM user guide, "Cross-account policy evaluation logic").</summary>
internal static class PullRules
{
    private static readonly JsonWriterOptions Pasted = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static HealthFinding Decide(PullingRole pulling)
    {
        var name = ArnName.Of(pulling.Role);
        var ofRole = pulling.ByRole is { } byRole
            ? All.Where(action => !Suffices(byRole[action], action, pulling)).ToList()
            : [];
        var ofRepository = PullingRole.Actions.Where(action => RepositoryLacks(action, pulling)).ToList();
        if (ofRole.Count > 0)
        {
            return HealthFinding.Broken(
                $"execution role {name} may not pull {pulling.Repository}: it lacks {string.Join(", ", ofRole)}",
                $"give it this policy: aws iam put-role-policy --role-name {name} --policy-name pull --policy-document file://pull.json{pulling.Options}"
            ) with
            {
                Paste = PolicyOfRole(pulling, ofRole),
            };
        }

        if (ofRepository.Count > 0)
        {
            return HealthFinding.Broken(
                $"the policy of repository {pulling.Repository} in {pulling.Registry.Account} does not let execution role {name} of {pulling.RoleAccount} pull: it lacks {string.Join(", ", ofRepository)}",
                $"add this statement to it: aws ecr set-repository-policy --registry-id {pulling.Registry.Account} --repository-name {pulling.Repository} --policy-text file://repository.json --region {pulling.Registry.Region}"
            ) with
            {
                Paste = PolicyOfRepository(pulling),
            };
        }

        return pulling.Unread.Length > 0
                ? HealthFinding.Unknown(
                    $"whether {name} may pull {pulling.Repository}: {pulling.Unread}",
                    "docs/iam.md has the policy for doctor"
                )
            : IsConditional(pulling)
                ? HealthFinding.Unknown(
                    $"whether {name} may pull {pulling.Repository} depends on a condition of a policy"
                )
            : HealthFinding.Fine($"{name} may pull {pulling.Repository}");
    }

    private static IEnumerable<string> All { get; } = PullingRole.Actions.Prepend(PullingRole.Login);

    /// <summary>
    /// Whether the policies may permit an action: the role's own, or within an account also the repository's.
    /// </summary>
    private static bool Suffices(PolicyDecision decision, string action, PullingRole pulling) =>
        decision is PolicyDecision.Allowed or PolicyDecision.Conditional
        || (
            DoesNotAllow(decision)
            && action != PullingRole.Login
            && !pulling.IsAcrossAccounts
            && (
                // The policy was not read: the finding says so.
                pulling.ByRepository
                    is null
                || pulling.ByRepository[action] is PolicyDecision.Allowed or PolicyDecision.Conditional
            )
        );

    private static bool RepositoryLacks(string action, PullingRole pulling) =>
        pulling.ByRepository is { } decisions
        && (
            decisions[action] == PolicyDecision.Denied || (pulling.IsAcrossAccounts && DoesNotAllow(decisions[action]))
        );

    private static bool IsConditional(PullingRole pulling) =>
        All.Any(action =>
        {
            var byRole = pulling.ByRole?[action];
            var byRepository = pulling.ByRepository?.GetValueOrDefault(action);
            return byRole is PolicyDecision.Conditional or PolicyDecision.Restricted
                || byRepository == PolicyDecision.Restricted
                || (
                    byRepository == PolicyDecision.Conditional
                    && (pulling.IsAcrossAccounts || byRole != PolicyDecision.Allowed)
                );
        });

    private static bool DoesNotAllow(PolicyDecision decision) =>
        decision is PolicyDecision.Silent or PolicyDecision.Restricted;

    private static string PolicyOfRole(PullingRole pulling, IReadOnlyList<string> lacking) =>
        Write(json =>
        {
            if (lacking.Contains(PullingRole.Login))
            {
                Statement(json, [PullingRole.Login], "*", null);
            }

            var others = lacking.Where(action => action != PullingRole.Login).ToList();
            if (others.Count > 0)
            {
                Statement(json, others, pulling.RepositoryArn, null);
            }
        });

    private static string PolicyOfRepository(PullingRole pulling) =>
        Write(json => Statement(json, PullingRole.Actions, null, pulling.Role));

    private static void Statement(Utf8JsonWriter json, IEnumerable<string> actions, string? resource, string? principal)
    {
        json.WriteStartObject();
        json.WriteString("Effect", "Allow");
        if (principal is not null)
        {
            json.WriteStartObject("Principal");
            json.WriteString("AWS", principal);
            json.WriteEndObject();
        }

        json.WriteStartArray("Action");
        foreach (var action in actions)
        {
            json.WriteStringValue(action);
        }

        json.WriteEndArray();
        if (resource is not null)
        {
            json.WriteString("Resource", resource);
        }

        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> statements)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Pasted))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            statements(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
