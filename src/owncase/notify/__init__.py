"""How people and customers are told: letters written from templates, and mail that really leaves."""
