using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// Decides which repositories a gap in the evidence holds: for an account that could not be read, all that it owns, and
/// those whose policies let it pull. A principal that may pull and was not read holds the repositories it may pull
/// from.
/// </summary>
/// <param name="registries">The evidence on registries.</param>
/// <param name="queried">The accounts and regions that were read.</param>
internal sealed class HoldRules(IReadOnlyList<RegistryEvidence> registries, IReadOnlyList<QueriedAccount> queried)
{
    public IReadOnlyList<RepositoryHold> Holds =>
        [
            .. registries.SelectMany(registry => registry.Holds),
            .. registries.SelectMany(OfReaders),
            .. registries.SelectMany(OfReplicas),
            .. queried.SelectMany(OfUnread),
        ];

    private IEnumerable<RepositoryHold> OfReaders(RegistryEvidence registry)
    {
        if (!WasQueried(registry.Account))
        {
            yield return new RepositoryHold(
                registry.Host,
                null,
                $"what runs in {registry.Account}, whose registry it is, was not read",
                Add(registry.Account, registry.Region),
                null
            )
            {
                Subject = $"account {registry.Account}",
            };
        }

        foreach (var repository in registry.Repositories)
        {
            if (!registry.Readers.TryGetValue(repository.Name, out var readers))
            {
                continue;
            }

            foreach (var account in readers.Accounts.Where(account => !WasQueried(account)))
            {
                yield return new RepositoryHold(
                    registry.Host,
                    repository.Name,
                    $"account {account} may pull from it, and what runs there was not read",
                    Add(account, registry.Region),
                    null
                )
                {
                    Subject = $"account {account}",
                };
            }

            foreach (var other in readers.Others)
            {
                yield return new RepositoryHold(
                    registry.Host,
                    repository.Name,
                    $"{other} may pull from it, and nobody can tell what runs there",
                    "Name the accounts in the repository's policy, or list it under \"exceptions\" of \"retention\" in lading.json.",
                    null
                )
                {
                    Subject = other,
                };
            }
        }
    }

    private IEnumerable<RepositoryHold> OfReplicas(RegistryEvidence registry) =>
        from replica in registry.Replicated
        where !queried.Any(each => each.Account == replica.Account && each.Region == replica.Region)
        from repository in registry.Repositories
        where repository.Name.Value.StartsWith(replica.Prefix, StringComparison.Ordinal)
        select new RepositoryHold(
            registry.Host,
            repository.Name,
            $"it is replicated to {replica.Account}/{replica.Region}, and what runs there was not read",
            Add(replica.Account, replica.Region),
            null
        )
        {
            Subject = $"account {replica.Account}",
        };

    private IEnumerable<RepositoryHold> OfUnread(QueriedAccount account)
    {
        foreach (var group in account.Unread.GroupBy(fact => (fact.Source.Action, fact.Reason, fact.Remedy)))
        {
            var source = group.First().Source;
            var place = $"{account.Account}/{account.Region}";
            foreach (var registry in registries.Where(registry => MayUse(source, account, registry)))
            {
                if (registry.Account == account.Account)
                {
                    yield return Hold(registry.Host, null);
                    continue;
                }

                foreach (var repository in registry.Repositories)
                {
                    if (
                        !registry.Readers.TryGetValue(repository.Name, out var readers)
                        || readers.Others.Count > 0
                        || readers.Accounts.Contains(account.Account, StringComparer.Ordinal)
                    )
                    {
                        yield return Hold(registry.Host, repository.Name);
                    }
                }
            }

            RepositoryHold Hold(string host, Oci.RepositoryName? repository) =>
                new(host, repository, group.Key.Reason, group.Key.Remedy, source)
                {
                    Subject = $"{group.Key.Action} in {place}",
                };
        }
    }

    /// <summary>Lambda uses images of its own region only (AWS Lambda developer guide, "Create a Lambda function using a container image").</summary>
    private static bool MayUse(FactOrigin source, QueriedAccount account, RegistryEvidence registry) =>
        !source.Action.StartsWith("lambda:", StringComparison.Ordinal) || account.Region == registry.Region;

    private bool WasQueried(string account) => queried.Any(each => each.Account == account);

    private static string Add(string account, string region) =>
        $"Add it with --also {account}/{region}, or list it under \"exceptions\" of \"retention\" in lading.json.";
}
