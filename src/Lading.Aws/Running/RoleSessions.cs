namespace Lading.Aws.Running;

/// <summary>Uses the caller's own permissions and, if they are insufficient, a role of the bootstrap.</summary>
/// <param name="own">The caller's.</param>
internal sealed class RoleSessions(AwsSession own) : IDisposable
{
    private readonly Dictionary<string, AwsSession> taken = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>How a command line selects the account and region, for the commands in messages.</summary>
    public string Selector => own.Settings.Selector;

    /// <param name="role">The role's ARN; null if there is none.</param>
    /// <param name="act">What is done.</param>
    /// <exception cref="LadingException">Neither the caller nor the role has the permission; the role may not exist, or not trust the
    /// caller.</exception>
    public async Task<T> RunAsync<T>(string? role, Func<AwsSession, Task<T>> act)
    {
        try
        {
            return await act(own).ConfigureAwait(false);
        }
        catch (LadingException mine) when (role is not null && AwsException.IsDenial(mine))
        {
            try
            {
                return await act(Take(role)).ConfigureAwait(false);
            }
            catch (LadingException theirs)
            {
                throw new LadingException(
                    mine.Attempted,
                    $"{mine.CameBack}; and with role {role[(role.LastIndexOf('/') + 1)..]}: {theirs.CameBack}",
                    own.Settings.Joined(
                        $"{mine.Remedy} Or let them assume {role}.",
                        DoctorCheck.BootstrapRoles,
                        "looks at each role"
                    ),
                    innerException: theirs
                );
            }
        }
    }

    public void Dispose()
    {
        foreach (var session in taken.Values)
        {
            session.Dispose();
        }
    }

    private AwsSession Take(string role)
    {
        lock (gate)
        {
            if (!taken.TryGetValue(role, out var session))
            {
                session = own.Assume(role);
                taken.Add(role, session);
            }

            return session;
        }
    }
}
