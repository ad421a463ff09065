using System.Text.Json;

namespace Lading.Aws.Iam;

/// <summary>A policy of IAM or of a resource, as far as it affects an action on a resource (IAM user guide, "Policy evaluation logic").</summary>
/// <param name="Statements">Its statements.</param>
internal sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>Parses a policy.</summary>
    /// <exception cref="FormatException">It is not a policy.</exception>
    public static PolicyDocument Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var statements = json.RootElement.GetProperty("Statement");
            // A single statement need not be in a list.
            return new PolicyDocument(
                statements.ValueKind == JsonValueKind.Array
                    ? [.. statements.EnumerateArray().Select(PolicyStatement.Read)]
                    : [PolicyStatement.Read(statements)]
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("it is not a policy", e);
        }
    }

    /// <summary>The statements of several policies, which apply together.</summary>
    public static PolicyDocument Join(IEnumerable<PolicyDocument> policies) =>
        new([.. policies.SelectMany(policy => policy.Statements)]);

    /// <summary>Decides on an action.</summary>
    /// <param name="action">Such as <c>ecr:BatchGetImage</c>.</param>
    /// <param name="resource">An ARN, or <c>*</c>.</param>
    /// <param name="role">The ARN of the calling role, for resource policies, which have principals; null for a policy of the role itself.</param>
    public PolicyDecision Decide(string action, string resource, string? role = null)
    {
        var matching = Statements.Where(statement => statement.Matches(action, resource, role)).ToList();
        return matching.Exists(each => each is { IsDeny: true, HasCondition: false }) ? PolicyDecision.Denied
            : matching.Count == 0 ? PolicyDecision.Silent
            : matching.TrueForAll(each => each.IsDeny) ? PolicyDecision.Restricted
            : matching.Exists(each => each.IsDeny) || matching.TrueForAll(each => each.HasCondition)
                ? PolicyDecision.Conditional
            : PolicyDecision.Allowed;
    }
}

/// <summary>The decision of a policy on an action.</summary>
internal enum PolicyDecision
{
    /// <summary>Implicit denial.</summary>
    Silent,

    /// <summary>Implicit denial, or explicit denial by a condition that is not evaluated here.</summary>
    Restricted,

    /// <summary>Allowed, or denied by a condition that is not evaluated here.</summary>
    Conditional,

    /// <summary>Allowed.</summary>
    Allowed,

    /// <summary>Explicit denial, whatever allows it.</summary>
    Denied,
}
