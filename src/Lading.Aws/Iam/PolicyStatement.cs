using System.IO.Enumeration;
using System.Text.Json;
using Lading.Running.Evidence;

namespace Lading.Aws.Iam;

/// <summary>A statement of a policy.</summary>
internal sealed record PolicyStatement
{
    public required bool IsDeny { get; init; }

    /// <summary>Whether it has a condition.</summary>
    public bool HasCondition { get; init; }

    private (IReadOnlyList<string> Patterns, bool IsExcept) Actions { get; init; }

    private (IReadOnlyList<string> Patterns, bool IsExcept) Resources { get; init; }

    private (IReadOnlyList<string> Patterns, bool IsExcept) Principals { get; init; }

    public static PolicyStatement Read(JsonElement statement) =>
        new()
        {
            IsDeny = statement.FindText("Effect") == "Deny",
            HasCondition = statement.TryGetProperty("Condition", out _),
            Actions = Patterns(statement, "Action"),
            Resources = Patterns(statement, "Resource"),
            Principals = PrincipalsOf(statement),
        };

    /// <summary>Whether it matches an action on a resource by a role.</summary>
    public bool Matches(string action, string resource, string? role) =>
        Matches(Actions, pattern => FileSystemName.MatchesSimpleExpression(pattern, action))
        // The statements of a repository's policy have no resource: they are about the repository itself.
        && (
            Resources.Patterns.Count == 0
            || Matches(
                Resources,
                pattern => FileSystemName.MatchesSimpleExpression(pattern, resource, ignoreCase: false)
            )
        )
        && (role is null || Matches(Principals, pattern => Includes(pattern, role, resource)));

    private static bool Matches((IReadOnlyList<string> Patterns, bool IsExcept) list, Func<string, bool> matches) =>
        list.Patterns.Count > 0 && list.Patterns.Any(matches) != list.IsExcept;

    private static (IReadOnlyList<string>, bool) Patterns(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var some) ? (Texts(some), false)
        : statement.TryGetProperty($"Not{name}", out var others) ? (Texts(others), true)
        : ([], false);

    private static (IReadOnlyList<string>, bool) PrincipalsOf(JsonElement statement)
    {
        var isExcept = !statement.TryGetProperty("Principal", out var principals);
        if (isExcept && !statement.TryGetProperty("NotPrincipal", out principals))
        {
            return ([], false);
        }

        return (
            principals.ValueKind != JsonValueKind.Object ? Texts(principals)
            : principals.TryGetProperty("AWS", out var accounts) ? Texts(accounts)
            : [],
            isExcept
        );
    }

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(each => each.ToString())]
            : [value.ToString()];

    /// <summary>
    /// Whether a principal includes the role: everybody, the role itself, or its account (by number or root). Within an
    /// account, naming the account leaves the decision to the role's own policies, so only a denial affects the role
    /// (IAM user guide, "Principal", "AWS account principals").
    /// </summary>
    private bool Includes(string pattern, string role, string resource)
    {
        var account = ArnName.AccountOf(role);
        return pattern == "*"
            || pattern == role
            || (
                (IsDeny || account != ArnName.AccountOf(resource))
                && (
                    pattern == account
                    || (
                        pattern.EndsWith($":iam::{account}:root", StringComparison.Ordinal)
                        && pattern.StartsWith("arn:", StringComparison.Ordinal)
                    )
                )
            );
    }
}
