using System.CommandLine;
using Lading.Configuration;

namespace Lading.Cli.Commands;

/// <summary>
/// The options for repositories to clean up beyond the project's, and for other accounts to look for uses in.
/// </summary>
internal sealed class RetentionOptions
{
    private readonly Option<string[]> also = new("--also")
    {
        Description =
            "Look there too for who uses images: an account and region, and a profile that reaches it. Accounts of lading.json are looked at anyway.",
        HelpName = "account/region[=profile]",
    };

    private readonly Option<string[]> all = new("--all")
    {
        Description =
            "Include a repository that lading.json does not name, with images that are not Lading's; * is any text.",
        HelpName = "repository",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(also);
        command.Options.Add(all);
    }

    /// <summary>Patterns of repositories.</summary>
    public IReadOnlyList<string> Others(Invocation invocation) => invocation.Value(all) ?? [];

    /// <summary>Accounts and regions.</summary>
    /// <exception cref="LadingException">A value is invalid.</exception>
    public IReadOnlyList<EnvironmentDefinition> Accounts(Invocation invocation) =>
        [.. (invocation.Value(also) ?? []).Select(Read)];

    private static EnvironmentDefinition Read(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var accountAndRegion = equals < 0 ? text : text[..equals];
        return accountAndRegion.Split('/') is [var account, { Length: > 0 } region] && AccountId.Is(account)
            ? new EnvironmentDefinition
            {
                Name = accountAndRegion,
                Account = account,
                Region = region,
                Profile = equals < 0 ? null : text[(equals + 1)..],
            }
            : throw LadingException.Usage(
                "Could not choose an account",
                $"--also has '{text}', which is not an account and a region",
                "Write 12 digits, a slash and a region: --also 333333333333/eu-central-1, or with a profile --also 333333333333/eu-central-1=audit"
            );
    }
}
