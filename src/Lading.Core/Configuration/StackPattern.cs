using System.Text.RegularExpressions;

namespace Lading.Configuration;

/// <summary>A pattern for stack names, as in the CDK CLI: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> does not.</summary>
/// <param name="Text">As it was written: <c>Shop-dev-*</c>.</param>
internal readonly record struct StackPattern(string Text)
{
    /// <summary>True if it can match one stack only.</summary>
    public bool IsExact => !Text.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether it matches a stack's path in the app, or its name in CloudFormation.</summary>
    public bool Matches(StackName stack) => Matches(stack.Path) || (stack.Name is { } name && Matches(name));

    public override string ToString() => Text;

    private bool Matches(string name) =>
        Regex.IsMatch(
            name,
            "\\A"
                + Regex
                    .Escape(Text)
                    .Replace("\\*\\*", ".*", StringComparison.Ordinal)
                    .Replace("\\*", "[^/]*", StringComparison.Ordinal)
                    .Replace("\\?", "[^/]", StringComparison.Ordinal)
                + "\\z",
            RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );
}
