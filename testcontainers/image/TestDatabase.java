import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Serves Neo4j Community over Bolt on port 7687. NEO4J_AUTH is "none" or "neo4j/password", as in the official image. */
public class TestDatabase {
    public static void main(String[] args) throws Exception {
        String auth = System.getenv().getOrDefault("NEO4J_AUTH", "none");
        var service = new DatabaseManagementServiceBuilder(Path.of("/data"))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("0.0.0.0", 7687))
                .setConfig(GraphDatabaseSettings.auth_enabled, !auth.equals("none"))
                .setConfig(GraphDatabaseSettings.pagecache_memory, 256L << 20)
                // Tests empty the database all the time; without this each would have its statements planned anew.
                .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofDays(1))
                .build();
        if (!auth.equals("none")) {
            service.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", auth.substring("neo4j/".length())));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        Thread.currentThread().join();
    }
}
