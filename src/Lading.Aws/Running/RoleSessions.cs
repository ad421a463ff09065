namespace Lading.Aws.Running;

/// <summary>Uses the caller's own permissions and, if they are insufficient, a role of the bootstrap.</summary>
/// <param name="own">The session with the caller's own permissions.</param>
internal sealed class RoleSessions(AwsSession own) : IDisposable
{
    private readonly Dictionary<string, AwsSession> assumed = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>The options that select the account and region, for the commands in messages.</summary>
    public string Selector => own.Settings.Selector;

    /// <summary>Acts with the caller's permissions; if one is missing, with the role.</summary>
    /// <param name="role">The role's ARN; null if there is none.</param>
    /// <param name="act">The action.</param>
    /// <exception cref="LadingException">Neither the caller nor the role has the permission; the role may not exist, or not trust the
    /// caller.</exception>
    public async Task<T> RunAsync<T>(string? role, Func<AwsSession, Task<T>> act)
    {
        try
        {
            return await act(own).ConfigureAwait(false);
        }
        catch (LadingException ownFailure) when (role is not null && AwsException.IsDenial(ownFailure))
        {
            try
            {
                return await act(Assume(role)).ConfigureAwait(false);
            }
            catch (LadingException roleFailure)
            {
                throw new LadingException(
                    ownFailure.Attempted,
                    $"{ownFailure.CameBack}; and with role {role[(role.LastIndexOf('/') + 1)..]}: {roleFailure.CameBack}",
                    own.Settings.Joined(
                        $"{ownFailure.Remedy} Or let them assume {role}.",
                        DoctorCheck.BootstrapRoles,
                        "looks at each role"
                    ),
                    innerException: roleFailure
                );
            }
        }
    }

    public void Dispose()
    {
        foreach (var session in assumed.Values)
        {
            session.Dispose();
        }
    }

    private AwsSession Assume(string role)
    {
        lock (gate)
        {
            if (!assumed.TryGetValue(role, out var session))
            {
                session = own.Assume(role);
                assumed.Add(role, session);
            }

            return session;
        }
    }
}
