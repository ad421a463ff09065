using Lading.Server.Ecr;
using Lading.Server.Sts;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>Tells calls of AWS operations, which all go to <c>POST /</c>, from requests of the distribution protocol.</summary>
internal static class AwsRoutes
{
    /// <returns>Null if it is not an AWS call.</returns>
    public static IEndpoint? Find(HttpRequest request)
    {
        if (request.Path != "/" || !HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        return request.Headers[EcrEndpoint.TargetHeader] is [{ } target, ..]
            ? new EcrEndpoint(target)
            : new StsEndpoint();
    }
}
