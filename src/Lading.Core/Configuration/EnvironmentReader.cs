using System.Text.Json;
using System.Text.RegularExpressions;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads <c>environments</c>. <c>local</c> always exists.</summary>
internal static partial class EnvironmentReader
{
    private const string Embedded = "embedded";

    public static IReadOnlyDictionary<string, EnvironmentDefinition> ReadAll(Field? field)
    {
        var environments = new SortedDictionary<string, EnvironmentDefinition>(StringComparer.Ordinal)
        {
            [EnvironmentDefinition.LocalName] = new() { Name = EnvironmentDefinition.LocalName, Registry = Embedded },
        };
        var promotions = new List<NamedField>();
        foreach (var (name, value) in field is null ? [] : ConfigurationReader.NamedEntries(field, "an environment"))
        {
            var fields = value.Object("an environment");
            environments[name] = Read(name, value, fields);
            if (fields.Find("promoteFrom") is { } from)
            {
                promotions.Add(new NamedField(name, from));
            }
        }

        foreach (var (name, from) in promotions)
        {
            CheckPromotion(name, from, environments);
        }

        return environments;
    }

    private static EnvironmentDefinition Read(string name, Field field, FieldSet fields)
    {
        var account = fields.Find("account");
        var region = fields.Find("region");
        var profile = fields.Find("profile");
        var registry = fields.Find("registry");
        var insecure = fields.Find("insecure");
        var owner = fields.Find("repositories");
        var stacks = fields.Find("stacks");
        var environment = new EnvironmentDefinition
        {
            Name = name,
            Account = account is null ? null : ReadAccount(account),
            Region = region?.Text(text => RegionPattern().IsMatch(text), "an AWS region, such as eu-central-1"),
            Profile = profile?.Text(),
            Registry = registry is null ? null : ReadRegistry(registry),
            Insecure = insecure?.Truth() ?? false,
            PromoteFrom = fields.Find("promoteFrom")?.Text(),
            Repositories = owner?.Choice("lading", "cdk") == "cdk" ? RepositoryOwner.Cdk : RepositoryOwner.Lading,
            Stacks = stacks is null ? [] : StackPatternReader.ReadAll(stacks),
        };
        fields.RejectOthers();
        if (field.Node.Kind == JsonValueKind.Object)
        {
            CheckCombination(environment, field, profile, registry, insecure, owner, stacks);
        }

        return environment;
    }

    private static void CheckCombination(
        EnvironmentDefinition environment,
        Field field,
        Field? profile,
        Field? registry,
        Field? insecure,
        Field? owner,
        Field? stacks
    )
    {
        var isHost = environment.Registry is { } text && !environment.IsEmbedded && !AccountId.Is(text);
        if (environment.Account is null != environment.Region is null)
        {
            var missing = environment.Account is null ? "account" : "region";
            field.RejectKey($"has no {missing}", "An account and its region go together.");
        }
        else if (environment.Account is null && environment.Registry is null)
        {
            field.RejectKey(
                "does not say where its images live",
                "Give it an account and a region, or a registry: embedded, or a host such as registry.example.com."
            );
        }
        else if (environment.Account is null && AccountId.Is(environment.Registry!))
        {
            registry!.RejectText("The ECR of another account also needs this environment's own account and region.");
        }

        if (environment.Name == EnvironmentDefinition.LocalName && environment.Account is not null)
        {
            field.RejectKey(
                "has an account",
                "local is the default environment and never has an account: give this one another name."
            );
        }

        if (profile is not null && environment.IsEmbedded)
        {
            profile.RejectKey("does not apply", "The embedded registry needs no credentials: remove profile.");
        }

        if (environment.Insecure && !isHost)
        {
            insecure!.RejectKey(
                "is only for a registry named by its host",
                "Remove it: ECR speaks HTTPS, the embedded registry only on loopback."
            );
        }

        if (environment.Repositories == RepositoryOwner.Cdk && (environment.IsEmbedded || isHost))
        {
            owner!.RejectText("Only repositories in ECR come from a CDK stack: remove it.");
        }

        if (stacks is not null && environment.IsEmbedded && environment.Account is null)
        {
            stacks.RejectKey(
                "does not apply",
                "Nothing deploys from the embedded registry of this machine: remove stacks."
            );
        }
    }

    private static void CheckPromotion(
        string name,
        Field from,
        SortedDictionary<string, EnvironmentDefinition> environments
    )
    {
        if (from.Node.Text.Length == 0)
        {
            return;
        }

        if (!environments.ContainsKey(from.Node.Text))
        {
            from.RejectText(
                $"There is no such environment. {Suggestions.Choose(from.Node.Text, environments.Keys.Where(key => key != name))}"
            );
            return;
        }

        var path = new List<string> { name };
        for (var next = from.Node.Text; next is not null; next = environments.GetValueOrDefault(next)?.PromoteFrom)
        {
            path.Add(next);
            if (next == name)
            {
                from.RejectText(
                    $"Promotions form a cycle: {string.Join(" from ", path)}. One of these environments has to build."
                );
                return;
            }

            if (path.Count > environments.Count + 1)
            {
                // This environment only leads into a cycle, which is reported for an environment in it.
                return;
            }
        }
    }

    private static string ReadAccount(Field field)
    {
        if (field.Node.Kind == JsonValueKind.Number)
        {
            field.Reject("is a number, but text is expected", $"Put it in quotes: {Field.Quote(field.Node.Text)}.");
            return field.Node.Text;
        }

        return field.Text(AccountId.Is, "12 digits");
    }

    private static string ReadRegistry(Field field)
    {
        if (field.Node.Kind == JsonValueKind.Number)
        {
            return ReadAccount(field);
        }

        var text = field.Text();
        if (text.Length == 0 || text == Embedded || AccountId.Is(text))
        {
            return text;
        }

        if (text.Contains("://", StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal))
        {
            field.RejectText("Expected a host alone: no scheme, no path. \"insecure\": true says plain HTTP.");
        }
        else if (!HostPattern().IsMatch(text))
        {
            var meant = ClosestMatch.Find(text, [Embedded]) is null ? "" : "Did you mean embedded? ";
            field.RejectText(
                meant
                    + "Expected embedded, the 12 digits of an account, or a registry host such as registry.example.com or localhost:5000."
            );
        }

        return text;
    }

    [GeneratedRegex(
        "^[a-z]{2,}(?:-[a-z]+){1,3}-[0-9]{1,2}\\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex RegionPattern();

    // Docker does not treat a first component without a dot or a port as a host either.
    [GeneratedRegex(
        @"^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z0-9](?::[0-9]{1,5})?|[A-Za-z0-9][A-Za-z0-9-]*:[0-9]{1,5}|localhost|\[[0-9A-Fa-f:]+\](?::[0-9]{1,5})?)\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex HostPattern();
}
